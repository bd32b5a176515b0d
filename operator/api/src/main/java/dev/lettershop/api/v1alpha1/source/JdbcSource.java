package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.store.PostgresqlTls;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Reads the rows of a query. */
@ValidationRule(
    value =
        "!self.url.matches('(?i)[?&;](password|pwd)=') && !self.url.matches('//[^/@]*:[^/@]*@')",
    message = "must not hold a password: put it into the Secret of credentialsSecretRef",
    fieldPath = ".url")
@ValidationRule(
    value = "[has(self.query), has(self.table)].exists_one(x, x)",
    message = "exactly one of query and table must be set")
@ValidationRule(
    value = "!has(self.overlap) || has(self.watermarkColumn)",
    message = "must only be set with watermarkColumn",
    fieldPath = ".overlap")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JdbcSource(
    @JsonPropertyDescription(
            "JDBC URL without credentials, such as jdbc:postgresql://crm.shop.svc:5432/crm."
                + " PostgreSQL, MariaDB, MySQL (jdbc:mysql:) and Trino are known.")
        @Required
        @Size(min = 1, max = Formats.URL_MAX)
        @Pattern("^jdbc:[a-z0-9]+:\\S+$")
        String url,
    @JsonPropertyDescription("Secret with the keys username and password.")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "How the connection is encrypted. Default mode VerifyFull, trusting the public CAs.")
        @Default("{\"mode\": \"VerifyFull\"}")
        PostgresqlTls tls,
    @JsonPropertyDescription("Table or view to read, such as crm.customers; instead of query.")
        @Size(min = 1, max = 256)
        @Pattern("^[A-Za-z_][A-Za-z0-9_$]*([.][A-Za-z_][A-Za-z0-9_$]*){0,2}$")
        String table,
    @JsonPropertyDescription(
            "SQL query whose rows are the records. May hold :watermark, the highest value of"
                + " watermarkColumn seen so far.")
        @Size(min = 1, max = 16384)
        String query,
    @JsonPropertyDescription(
            "Column of the result that only grows, such as updated_at: reads on from there, rows"
                + " with the same value included. All is read each time when absent.")
        @Size(min = 1, max = 128)
        String watermarkColumn,
    @JsonPropertyDescription(
            "How far back to read again, such as 5m, for rows that are committed later than their"
                + " time says. Only for a watermarkColumn of times. Nothing when absent.")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String overlap,
    @JsonPropertyDescription("Rows fetched at a time, 1 to 100000. Default 1000.")
        @Default("1000")
        @Min(1)
        @Max(100000)
        Integer fetchSize,
    @JsonPropertyDescription(
            "Longest time without an answer of the server, such as 10m (the default).")
        @Default("10m")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String timeout) {
  public JdbcSource {
    tls = Absent.or(tls, new PostgresqlTls(null, null));
    fetchSize = Absent.or(fetchSize, 1000);
    timeout = Absent.or(timeout, "10m");
  }
}

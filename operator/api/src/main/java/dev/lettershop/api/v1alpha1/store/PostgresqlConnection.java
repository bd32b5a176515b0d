package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where a store's database is. */
@ValidationRule(
    value = "self.database == oldSelf.database",
    message = "must not change: the ledger of what was sent is in it; make another ProfileStore",
    fieldPath = ".database")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PostgresqlConnection(
    @JsonPropertyDescription("Host name or IP address of the PostgreSQL server.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.HOST)
        String host,
    @JsonPropertyDescription("TCP port, 1 to 65535. Default 5432.")
        @Default("5432")
        @Min(1)
        @Max(65535)
        Integer port,
    @JsonPropertyDescription(
            "Name of the database. It must exist; its tables are made. Cannot be changed later.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9_][A-Za-z0-9_$.-]*$")
        String database,
    @JsonPropertyDescription("Secret with the keys username and password.") @Required
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription("How the connection is secured. Default mode VerifyFull.")
        @Default("{\"mode\": \"VerifyFull\"}")
        PostgresqlTls tls) {
  public PostgresqlConnection {
    port = Absent.or(port, 5432);
    tls = Absent.or(tls, new PostgresqlTls(null, null));
  }
}

package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
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
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JdbcSource(
    @JsonPropertyDescription(
            "JDBC URL without credentials, such as jdbc:postgresql://crm.shop.svc:5432/crm.")
        @Required
        @Size(min = 1, max = Formats.URL_MAX)
        @Pattern("^jdbc:[a-z0-9]+:\\S+$")
        String url,
    @JsonPropertyDescription("Secret with the keys username and password.")
        LocalRef credentialsSecretRef,
    @JsonPropertyDescription(
            "SQL query whose rows are the records. May hold :watermark, the highest value of"
                + " watermarkColumn seen so far.")
        @Required
        @Size(min = 1, max = 16384)
        String query,
    @JsonPropertyDescription(
            "Column of the result that only grows, such as updated_at: reads on from there. All is"
                + " read each time when absent.")
        @Size(min = 1, max = 128)
        String watermarkColumn,
    @JsonPropertyDescription("Rows fetched at a time, 1 to 100000. Default 1000.")
        @Default("1000")
        @Min(1)
        @Max(100000)
        Integer fetchSize) {
  public JdbcSource {
    fetchSize = Absent.or(fetchSize, 1000);
  }
}

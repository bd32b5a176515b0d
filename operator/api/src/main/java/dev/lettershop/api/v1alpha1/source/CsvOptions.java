package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How a CSV file is written. */
@ValidationRule(
    value = "self.header || (has(self.columns) && size(self.columns) > 0)",
    message = "must name the columns when the file has no header",
    fieldPath = ".columns")
@ValidationRule(
    value = "self.quote != self.delimiter",
    message = "must differ from the delimiter",
    fieldPath = ".quote")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsvOptions(
    @JsonPropertyDescription("One character between fields; \\t for a tab. Default is the comma.")
        @Default("\",\"")
        @Size(min = 1, max = 2)
        @Pattern("^([^\\r\\n\\\\]|\\\\t)$")
        String delimiter,
    @JsonPropertyDescription(
            "One character around fields that hold delimiters or line breaks; doubled inside. Empty"
                + " when nothing is quoted. Default is the double quote.")
        @Default("\"\\\"\"")
        @Size(max = 1)
        @Pattern("^[^\\r\\n]?$")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String quote,
    @JsonPropertyDescription("Character encoding, such as UTF-8 or windows-1252. Default UTF-8.")
        @Default("UTF-8")
        @Size(min = 1, max = 40)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._:+-]*$")
        String encoding,
    @JsonPropertyDescription("Whether the first line names the columns. Default true.")
        @Default("true")
        Boolean header,
    @JsonPropertyDescription(
            "Names of the columns in their order; needed when there is no header. At most 1000.")
        @Size(max = 1000)
        List<@Size(min = 1, max = 256) String> columns) {
  public CsvOptions {
    delimiter = Absent.or(delimiter, ",");
    quote = Absent.or(quote, "\"");
    encoding = Absent.or(encoding, "UTF-8");
    header = Absent.or(header, true);
    columns = Absent.list(columns);
  }
}

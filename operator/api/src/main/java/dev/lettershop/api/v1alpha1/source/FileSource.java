package dev.lettershop.api.v1alpha1.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.volume.Volume;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Reads a file. */
@ValidationRule(
    value = "!self.path.startsWith('/') && !self.path.matches('(^|/)[.][.](/|$)')",
    message = "must be relative to the volume and must not lead out of it with ..",
    fieldPath = ".path")
@ValidationRule(
    value = "!has(self.csv) || self.format == 'Csv'",
    message = "must only be set with format Csv",
    fieldPath = ".csv")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FileSource(
    @JsonPropertyDescription("Csv (RFC 4180, the default) or NdJson (one JSON object a line).")
        @Default("Csv")
        FileFormat format,
    @JsonPropertyDescription("Path of the file in the volume, such as exports/customers.csv.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern("^[^\\x00-\\x1f]+$")
        String path,
    @JsonPropertyDescription(
            "The volume that the file is in. Exactly one of configMap, secret,"
                + " persistentVolumeClaim, nfs and csi.")
        @Required
        Volume volume,
    @JsonPropertyDescription("How the file is written, for format Csv.") CsvOptions csv) {
  public FileSource {
    format = Absent.or(format, FileFormat.Csv);
  }
}

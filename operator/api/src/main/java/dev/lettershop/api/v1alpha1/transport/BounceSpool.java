package dev.lettershop.api.v1alpha1.transport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A folder into which a mail server writes bounces: a Maildir, or files with one message each. */
@ValidationRule(
    value = "!self.path.startsWith('/') && !self.path.matches('(^|/)[.][.](/|$)')",
    message = "must be relative to the volume and must not lead out of it with ..",
    fieldPath = ".path")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BounceSpool(
    @JsonPropertyDescription("Name of the PersistentVolumeClaim that the folder is on.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String claimName,
    @JsonPropertyDescription(
            "Path of the folder in the volume. Default is the volume's root. Messages that are"
                + " recorded go to done/ in it, others to unknown/.")
        @Default(".")
        @Size(min = 1, max = 1024)
        @Pattern("^[^\\x00-\\x1f]+$")
        String path) {
  public BounceSpool {
    path = Absent.or(path, ".");
  }
}

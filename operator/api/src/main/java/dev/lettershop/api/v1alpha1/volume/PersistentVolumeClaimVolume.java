package dev.lettershop.api.v1alpha1.volume;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A PersistentVolumeClaim that holds the files. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PersistentVolumeClaimVolume(
    @JsonPropertyDescription("Name of the claim, in the same namespace.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String claimName,
    @JsonPropertyDescription(
            "Whether the volume is mounted read-only. Default true: sources are only read.")
        @Default("true")
        Boolean readOnly) {
  public PersistentVolumeClaimVolume {
    readOnly = Absent.or(readOnly, true);
  }
}

package dev.lettershop.api.v1alpha1.volume;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** An inline volume of a CSI driver that holds the files, such as a bucket. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsiVolume(
    @JsonPropertyDescription("Name of the CSI driver.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String driver,
    @JsonPropertyDescription(
            "Whether the volume is mounted read-only. Default true: sources are only read.")
        @Default("true")
        Boolean readOnly,
    @JsonPropertyDescription("File system type, such as ext4. The driver's default when absent.")
        @Size(max = 64)
        String fsType,
    @JsonPropertyDescription(
            "Properties that the driver documents. At most 64; values of at most 1024 characters.")
        @Size(max = 64)
        Map<String, @Size(max = 1024) String> volumeAttributes,
    @JsonPropertyDescription("Secret that the driver needs to mount the volume.")
        LocalRef nodePublishSecretRef) {
  public CsiVolume {
    readOnly = Absent.or(readOnly, true);
    volumeAttributes = Absent.map(volumeAttributes);
  }
}

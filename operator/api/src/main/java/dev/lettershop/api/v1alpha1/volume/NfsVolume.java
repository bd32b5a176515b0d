package dev.lettershop.api.v1alpha1.volume;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** An NFS export that holds the files. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NfsVolume(
    @JsonPropertyDescription("Host name or IP address of the NFS server.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.HOST)
        String server,
    @JsonPropertyDescription("Absolute path that the server exports.")
        @Required
        @Size(min = 1, max = 1024)
        @Pattern("^/[^\\x00]*$")
        String path,
    @JsonPropertyDescription(
            "Whether the volume is mounted read-only. Default true: sources are only read.")
        @Default("true")
        Boolean readOnly) {
  public NfsVolume {
    readOnly = Absent.or(readOnly, true);
  }
}

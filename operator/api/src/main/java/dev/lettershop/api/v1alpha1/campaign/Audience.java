package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Who gets a campaign. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Audience(
    @JsonPropertyDescription(
            "Segments whose members get it; a member of one is enough. At least one, unless a"
                + " trigger chooses the people. At most 50.")
        @Size(max = 50)
        @ListKeys
        List<@Size(min = 1, max = Formats.SUBDOMAIN_MAX) @Pattern(Formats.SUBDOMAIN) String>
            include,
    @JsonPropertyDescription(
            "Segments whose members do not get it, whatever include says. At most 50.")
        @Size(max = 50)
        @ListKeys
        List<@Size(min = 1, max = Formats.SUBDOMAIN_MAX) @Pattern(Formats.SUBDOMAIN) String>
            exclude) {
  public Audience {
    include = Absent.list(include);
    exclude = Absent.list(exclude);
  }
}

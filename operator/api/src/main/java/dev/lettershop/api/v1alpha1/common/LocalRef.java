package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Refers to an object in the same namespace, of the kind that the field says. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LocalRef(
    @JsonPropertyDescription("Name of the object, in the same namespace.")
        @Required
        @Size(min = 1, max = Formats.SUBDOMAIN_MAX)
        @Pattern(Formats.SUBDOMAIN)
        String name) {
  /** What references name when they are not written. */
  public static final LocalRef DEFAULT = new LocalRef("default");
}

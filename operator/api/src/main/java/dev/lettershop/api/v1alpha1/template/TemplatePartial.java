package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Another template's body, to be used inside this one. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplatePartial(
    @JsonPropertyDescription(
            "Name by which the template includes it, such as footer for {{> footer}}.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern("^[a-z]([-_a-z0-9]*[a-z0-9])?$")
        String name,
    @JsonPropertyDescription("The EmailTemplate whose body is included.") @Required
        LocalRef templateRef) {}

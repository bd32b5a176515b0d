package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A place that a campaign's content rules fill. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TemplateSlot(
    @JsonPropertyDescription("Name of the slot, as in {{content.headline}}.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String name,
    @JsonPropertyDescription(
            "What its values are: Text (the default), Html, Url, Image, Number, Boolean or List."
                + " Values are checked against it. An Html value is put in as it is, an Url or"
                + " Image is an absolute address, the items of a List are lines.")
        SlotType type,
    @JsonPropertyDescription(
            "Value when no rule fills the slot; may be empty. Without it, the campaign must fill the"
                + " slot for everybody.")
        @Size(max = Formats.SLOT_MAX)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonProperty("default")
        String defaultValue) {
  public TemplateSlot {
    type = Absent.or(type, SlotType.Text);
  }
}

package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A purpose that a person consents to. */
@ValidationRule(
    value = "self.name != 'none'",
    message = "must not be none, which in a Campaign stands for no topic",
    fieldPath = ".name")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Topic(
    @JsonPropertyDescription("Name of the topic; campaigns and consents refer to it.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.TOPIC)
        String name,
    @JsonPropertyDescription(
            "How consent comes about: Double (asked for and confirmed by mail, the default), Single"
                + " (asked for) or Implied (given unless withdrawn, such as for order mails).")
        OptIn optIn) {
  public Topic {
    optIn = Absent.or(optIn, OptIn.Double);
  }
}

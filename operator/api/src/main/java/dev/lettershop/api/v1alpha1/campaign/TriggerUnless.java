package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What stops a triggered mail. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerUnless(
    @JsonPropertyDescription(
            "Event after which the mail is not sent. It is looked for when the mail is due, and again"
                + " when it is handed over.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String event,
    @JsonPropertyDescription(
            "Properties that must be the same in both events, such as cart_id. One that either event"
                + " lacks counts as the same. Any such event stops the mail when absent. At most 5.")
        @Size(max = 5)
        @ListKeys
        List<@Size(min = 1, max = Formats.IDENTIFIER_MAX) @Pattern(Formats.IDENTIFIER) String>
            matching,
    @JsonPropertyDescription(
            "How long before the event that triggers it counts already, such as 10m, for senders"
                + " whose clocks disagree. Default 0s.")
        @Default("0s")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String since) {
  public TriggerUnless {
    matching = Absent.list(matching);
    since = Absent.or(since, "0s");
  }
}

package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Default;

/** What recipients do with mails, as far as it is recorded. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Tracking(
    @JsonPropertyDescription("Whether opens are recorded, by an image in the mail. Default false.")
        @Default("false")
        Boolean opens,
    @JsonPropertyDescription("Whether clicks are recorded, by links that redirect. Default false.")
        @Default("false")
        Boolean clicks) {
  public Tracking {
    opens = Absent.or(opens, false);
    clicks = Absent.or(clicks, false);
  }
}

package dev.lettershop.api.v1alpha1.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** What recipients do with mails, as far as it is recorded. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Tracking(
    @JsonPropertyDescription("Whether opens are recorded, by an image in the mail. Default false.")
        @Default("false")
        Boolean opens,
    @JsonPropertyDescription("Whether clicks are recorded, by links that redirect. Default false.")
        @Default("false")
        Boolean clicks,
    @JsonPropertyDescription(
            "The topic that is the consent to recording who opens the mail; asked when the mail is"
                + " made, and again when its image is asked for. Not the topic of the mail. When"
                + " absent, and of those who do not consent, opens are counted and nobody is named.")
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.TOPIC)
        String consentTopic) {
  public Tracking {
    opens = Absent.or(opens, false);
    clicks = Absent.or(clicks, false);
  }
}

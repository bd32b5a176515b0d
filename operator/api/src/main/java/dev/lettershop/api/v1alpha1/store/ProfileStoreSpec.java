package dev.lettershop.api.v1alpha1.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Where profiles live, and what they look like. */
@ValidationRule(
    value = "has(self.encryption) || !has(oldSelf.encryption)",
    message = "must not be removed: what is encrypted could not be read any more",
    fieldPath = ".encryption")
@ValidationRule(
    value =
        "!has(self.dropAttributes) || self.dropAttributes.all(d, !(d in ['id', 'email', 'locale',"
            + " 'time_zone', 'created_at', 'updated_at', 'email_key', 'extra']))",
    message = "must not name what every profile has",
    fieldPath = ".dropAttributes")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProfileStoreSpec(
    @JsonPropertyDescription("The PostgreSQL database that holds the profiles.") @Required
        PostgresqlConnection postgresql,
    @JsonPropertyDescription(
            "Attributes of a profile besides the built-in ones (id, email, locale, time_zone,"
                + " created_at, updated_at). Rules and templates are checked against them. At most"
                + " 500.")
        @Size(max = 500)
        @ListKeys("name")
        List<Attribute> attributes,
    @JsonPropertyDescription(
            "Attributes that are declared no longer and whose values are to be removed for good: the"
                + " next sync, refresh or run does it. May stay there when done. Attributes that are"
                + " neither declared nor here are kept out of sight. At most 100.")
        @Size(max = 100)
        List<@Size(min = 1, max = Formats.IDENTIFIER_MAX) @Pattern(Formats.IDENTIFIER) String>
            dropAttributes,
    @JsonPropertyDescription("What may happen to a profile. At most 200.")
        @Size(max = 200)
        @ListKeys("name")
        List<EventType> events,
    @JsonPropertyDescription("Purposes that a person consents to. At most 100.")
        @Size(max = 100)
        @ListKeys("name")
        List<Topic> topics,
    @JsonPropertyDescription(
            "Currency of amounts for which a template names none: a code of ISO 4217 such"
                + " as EUR.")
        @Size(min = 3, max = 3)
        @Pattern(Formats.CURRENCY)
        String currency,
    @JsonPropertyDescription("Encrypts the attributes with pii: true. Not encrypted when absent.")
        Encryption encryption,
    @JsonPropertyDescription(
            "How long events, deliveries and quarantined records are kept. All for good when absent.")
        Retention retention,
    @JsonPropertyDescription("How opens and clicks are understood.") Engagement engagement,
    @JsonPropertyDescription(
            "Percentage of the people of the store whom no campaign mails, 0 to 20, always the same"
                + " ones: what all campaigns together achieve is measured against them. Transactional"
                + " mail reaches them. Default 0.")
        @Default("0")
        @Min(0)
        @Max(20)
        Integer controlGroupPercent) {
  public ProfileStoreSpec {
    attributes = Absent.list(attributes);
    dropAttributes = Absent.list(dropAttributes);
    events = Absent.list(events);
    topics = Absent.list(topics);
    controlGroupPercent = Absent.or(controlGroupPercent, 0);
  }
}

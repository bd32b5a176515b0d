package dev.lettershop.api.v1alpha1.collector.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** A form by which people sign up. Has no defaults in the schema, since it is an item of a list. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SignUpForm(
    @JsonPropertyDescription("Name of the form: the end of its address, /s/NAME.")
        @Required
        @Size(min = 1, max = Formats.LABEL_MAX)
        @Pattern(Formats.LABEL)
        String name,
    @JsonPropertyDescription("Topics that one signs up for. 1 to 32.")
        @Required
        @Size(min = 1, max = 32)
        @ListKeys
        List<@Size(min = 1, max = Formats.LABEL_MAX) @Pattern(Formats.TOPIC) String> topics,
    @JsonPropertyDescription(
            "What people agree to, word for word as the form shows it, by language. Kept as evidence"
                + " with each consent. 1 to 64.")
        @Required
        @Size(min = 1, max = 64)
        Map<String, @Size(min = 1, max = 4000) String> wording,
    @JsonPropertyDescription(
            "Version of the wording, kept as evidence. A hash of the wording when absent.")
        @Size(min = 1, max = 63)
        String version,
    @JsonPropertyDescription(
            "Attributes that the form may fill besides email and locale, such as first_name. At most"
                + " 16.")
        @Size(max = 16)
        @ListKeys
        List<@Size(min = 1, max = Formats.IDENTIFIER_MAX) @Pattern(Formats.IDENTIFIER) String>
            attributes,
    @JsonPropertyDescription(
            "Origins of the pages that hold the form, such as https://shop.example. Any when absent."
                + " At most 32.")
        @Size(max = 32)
        @ListKeys
        List<@Size(min = 8, max = Formats.ORIGIN_MAX) @Pattern(Formats.ORIGIN) String> origins,
    @JsonPropertyDescription(
            "Page to show when the form was sent. HTTPS. A page of the collector when absent.")
        @Size(max = Formats.URL_MAX)
        @Pattern(Formats.HTTPS_URL)
        String returnUrl) {
  public SignUpForm {
    topics = Absent.list(topics);
    wording = Absent.map(wording);
    attributes = Absent.list(attributes);
    origins = Absent.list(origins);
  }
}

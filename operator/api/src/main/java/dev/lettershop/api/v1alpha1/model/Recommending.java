package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Finds what people may like by what they and others bought. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Recommending(
    @JsonPropertyDescription("Event that says who bought what, such as order_completed.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String event,
    @JsonPropertyDescription(
            "Property of the event that names the item, a String or Integer, such as product_id.")
        @Required
        @Size(min = 1, max = Formats.IDENTIFIER_MAX)
        @Pattern(Formats.IDENTIFIER)
        String item,
    @JsonPropertyDescription(
            "Where items are described. Only what stands there and is available is recommended.")
        @Required
        ModelCatalogue catalogue,
    @JsonPropertyDescription("Cosine (the default) or Ease.") @Default("Cosine")
        RecommendAlgorithm algorithm,
    @JsonPropertyDescription("Most items for a person, 1 to 50. Default 10.")
        @Default("10")
        @Min(1)
        @Max(50)
        Integer top,
    @JsonPropertyDescription("How far back is looked. Default 365d.")
        @Default("365d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String within,
    @JsonPropertyDescription(
            "Bought (the default): nothing that the person has bought within that time. Nothing: also"
                + " that.")
        @Default("Bought")
        RecommendExclude exclude,
    @JsonPropertyDescription(
            "Most items of one category in a mail, 1 to 50, so that not all are alike. No limit when absent.")
        @Min(1)
        @Max(50)
        Integer maxPerCategory,
    @JsonPropertyDescription(
            "In which time items are popular. Popular items fill up what a person's own purchases do not. Default"
                + " 30d.")
        @Default("30d")
        @Size(min = Formats.DURATION_MIN, max = Formats.DURATION_MAX)
        @Pattern(Formats.DURATION)
        String popularWithin,
    @JsonPropertyDescription("Items to fill up with when popular ones do not suffice. At most 50.")
        @Size(max = 50)
        List<@Size(min = 1, max = 200) String> listed,
    @JsonPropertyDescription(
            "How many items are compared with each other, the most bought ones, 10 to 5000. Default"
                + " 2000.")
        @Default("2000")
        @Min(10)
        @Max(5000)
        Integer mostItems) {
  public Recommending {
    algorithm = Absent.or(algorithm, RecommendAlgorithm.Cosine);
    top = Absent.or(top, 10);
    within = Absent.or(within, "365d");
    exclude = Absent.or(exclude, RecommendExclude.Bought);
    popularWithin = Absent.or(popularWithin, "30d");
    listed = Absent.list(listed);
    mostItems = Absent.or(mostItems, 2000);
  }
}

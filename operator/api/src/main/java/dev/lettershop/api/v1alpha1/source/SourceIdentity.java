package dev.lettershop.api.v1alpha1.source;

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
import java.util.List;

/** How records find their profiles. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SourceIdentity(
    @JsonPropertyDescription(
            "Field of the record that identifies a person to this source, such as customer_id; of Products, the"
                + " product, such as sku.")
        @Required
        @Size(min = 1, max = 253)
        String key,
    @JsonPropertyDescription(
            "Attributes that identify a person as well, such as email: who shares one is the same"
                + " person. At most 8.")
        @Size(max = 8)
        @ListKeys
        List<@Size(min = 1, max = Formats.IDENTIFIER_MAX) @Pattern(Formats.IDENTIFIER) String>
            alsoMatch,
    @JsonPropertyDescription(
            "Which source counts where several say different things about a person: the one with the"
                + " highest number, 0 to 1000. Default 100.")
        @Default("100")
        @Min(0)
        @Max(1000)
        Integer precedence,
    @JsonPropertyDescription(
            "Field with the time at which a record was last changed, such as updated_at: of sources with"
                + " the same precedence the latest counts. Records without one count as older than all"
                + " others.")
        @Size(min = 1, max = 253)
        String asOf) {
  public SourceIdentity {
    alsoMatch = Absent.list(alsoMatch);
    precedence = Absent.or(precedence, 100);
  }
}

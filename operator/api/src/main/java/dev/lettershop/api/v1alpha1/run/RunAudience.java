package dev.lettershop.api.v1alpha1.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Who a run selected. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunAudience(
    @JsonPropertyDescription("Recipients selected.") @Min(0) Long selected,
    @JsonPropertyDescription(
            "Who of the audience was not selected, counted by reason, such as noConsent, suppressed or holdout. At most 32.")
        @Size(max = 32)
        Map<String, @Min(0) Long> skipped) {
  public RunAudience {
    skipped = Absent.map(skipped);
  }
}

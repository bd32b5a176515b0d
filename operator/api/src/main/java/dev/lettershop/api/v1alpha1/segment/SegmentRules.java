package dev.lettershop.api.v1alpha1.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** A segment's rule without CEL. */
@ValidationRule(
    value =
        "(has(self.all) && size(self.all) > 0) || (has(self.any) && size(self.any) > 0) ||"
            + " (has(self.none) && size(self.none) > 0)",
    message = "at least one condition must be set in all, any or none")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SegmentRules(
    @JsonPropertyDescription("Conditions that must all hold. At most 50.") @Size(max = 50)
        List<SegmentRule> all,
    @JsonPropertyDescription("Conditions of which at least one must hold. At most 50.")
        @Size(max = 50)
        List<SegmentRule> any,
    @JsonPropertyDescription("Conditions none of which may hold. At most 50.") @Size(max = 50)
        List<SegmentRule> none) {
  public SegmentRules {
    all = Absent.list(all);
    any = Absent.list(any);
    none = Absent.list(none);
  }
}

package dev.lettershop.api.v1alpha1.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.schema.Absent;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A taint of nodes that Pods tolerate. */
@ValidationRule(
    value = "self.operator != 'Exists' || !has(self.value)",
    message = "must not be set with operator Exists",
    fieldPath = ".value")
@ValidationRule(
    value = "has(self.key) || self.operator == 'Exists'",
    message = "must be set unless the operator is Exists",
    fieldPath = ".key")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodToleration(
    @JsonPropertyDescription("Key of the taint. Every key when absent.") @Size(min = 1, max = 316)
        String key,
    @JsonPropertyDescription("Equal (the default) or Exists.")
        @Size(max = 6)
        @Pattern("^(Equal|Exists)$")
        String operator,
    @JsonPropertyDescription("Value of the taint, for Equal.") @Size(max = 63) String value,
    @JsonPropertyDescription("NoSchedule, PreferNoSchedule or NoExecute. Every effect when absent.")
        @Size(max = 16)
        @Pattern("^(NoSchedule|PreferNoSchedule|NoExecute)$")
        String effect,
    @JsonPropertyDescription(
            "Seconds that a Pod stays on a node with a NoExecute taint. For good when absent.")
        @Min(0)
        Long tolerationSeconds) {
  public PodToleration {
    operator = Absent.or(operator, "Equal");
  }
}

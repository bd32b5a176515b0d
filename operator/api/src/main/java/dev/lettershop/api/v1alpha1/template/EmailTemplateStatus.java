package dev.lettershop.api.v1alpha1.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the operator observed of a template. Counts and names only; no personal data. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EmailTemplateStatus(
    @JsonPropertyDescription(
            "Generation of the spec that the status was made from; -1 before the first time.")
        @Default("-1")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription(
            "What is true of the template: Ready, ResolvedRefs, and while true Reconciling and Stalled, at most one of a type.")
        @Size(max = 16)
        @ListKeys("type")
        List<Condition> conditions) {
  public EmailTemplateStatus {
    conditions = Absent.list(conditions);
  }
}

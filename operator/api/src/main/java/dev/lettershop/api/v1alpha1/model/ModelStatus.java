package dev.lettershop.api.v1alpha1.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.schema.Absent;
import dev.lettershop.api.v1alpha1.schema.ListKeys;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the operator observed of a model. Figures and names only; no personal data. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelStatus(
    @JsonPropertyDescription(
            "Generation of the spec that the status was made from; -1 before the first time.")
        @Default("-1")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription(
            "What is true of the model: Ready, ResolvedRefs, LastScoringSucceeded, Trained, ServerAnswered, and while true Reconciling and Stalled, at most one of a type.")
        @Size(max = 16)
        @ListKeys("type")
        List<Condition> conditions,
    @JsonPropertyDescription("What the last scoring came to.") ModelRun lastRun) {
  public ModelStatus {
    conditions = Absent.list(conditions);
  }
}

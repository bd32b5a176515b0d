package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExperimentDecision(
    DecisionMetric metric, String confidence, Integer minimumPerVariant) {

  public ExperimentDecision {
    metric = Absent.or(metric, DecisionMetric.Click);
    confidence = Absent.or(confidence, "0.95");
    minimumPerVariant = Absent.or(minimumPerVariant, 500);
  }
}

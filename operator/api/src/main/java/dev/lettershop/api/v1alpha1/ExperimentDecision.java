package dev.lettershop.api.v1alpha1;

public record ExperimentDecision(
    DecisionMetric metric, String confidence, Integer minimumPerVariant) {}

package dev.lettershop.api.v1alpha1;

import java.util.List;

public record Experiment(
    List<Variant> variants, Integer holdoutPercent, ExperimentDecision decision) {}

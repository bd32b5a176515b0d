package dev.lettershop.api.v1alpha1;

public record Condition(
    String type,
    ConditionStatus status,
    String reason,
    String message,
    String lastTransitionTime,
    Long observedGeneration) {}

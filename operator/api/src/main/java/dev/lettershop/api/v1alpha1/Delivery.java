package dev.lettershop.api.v1alpha1;

public record Delivery(
    String localTime,
    QuietHours quietHours,
    FrequencyCap frequencyCap,
    Integer ratePerSecond,
    UncertainPolicy onUncertain) {}

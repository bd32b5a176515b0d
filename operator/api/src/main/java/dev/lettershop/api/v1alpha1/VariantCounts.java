package dev.lettershop.api.v1alpha1;

public record VariantCounts(String name, Long sent) {}

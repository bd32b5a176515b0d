package dev.lettershop.api.v1alpha1;

public record Tracking(Boolean opens, Boolean clicks) {}

package dev.lettershop.api.v1alpha1;

public record Retention(String events, String deliveries) {}

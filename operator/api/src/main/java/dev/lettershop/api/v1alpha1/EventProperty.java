package dev.lettershop.api.v1alpha1;

public record EventProperty(String name, AttributeType type) {}

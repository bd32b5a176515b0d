package dev.lettershop.api.v1alpha1;

public record Attribute(String name, AttributeType type, Boolean pii) {}

package dev.lettershop.api.v1alpha1;

public record FieldMapping(String to, String value) {}

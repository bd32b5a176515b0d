package dev.lettershop.api.v1alpha1;

public record LocalRef(String name) {}

package dev.lettershop.api.v1alpha1;

public record Variant(String name, Integer weight, LocalRef templateRef) {}

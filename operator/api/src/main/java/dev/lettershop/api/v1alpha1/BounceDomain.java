package dev.lettershop.api.v1alpha1;

public record BounceDomain(String domain) {}

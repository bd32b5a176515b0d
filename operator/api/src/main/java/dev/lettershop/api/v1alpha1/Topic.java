package dev.lettershop.api.v1alpha1;

public record Topic(String name, OptIn optIn) {}

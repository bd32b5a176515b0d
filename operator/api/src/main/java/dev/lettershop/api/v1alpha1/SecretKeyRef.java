package dev.lettershop.api.v1alpha1;

public record SecretKeyRef(String name, String key) {}

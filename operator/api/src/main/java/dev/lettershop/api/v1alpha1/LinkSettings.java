package dev.lettershop.api.v1alpha1;

public record LinkSettings(String baseUrl, SecretKeyRef keySecretRef) {}

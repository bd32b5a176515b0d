package dev.lettershop.api.v1alpha1;

public record Encryption(SecretKeyRef keysetSecretRef) {}

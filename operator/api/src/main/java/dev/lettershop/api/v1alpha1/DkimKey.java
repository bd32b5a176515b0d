package dev.lettershop.api.v1alpha1;

public record DkimKey(String domain, String selector, SecretKeyRef privateKeySecretRef) {}

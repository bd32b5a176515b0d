package dev.lettershop.api.v1alpha1;

public record SecretVolume(String secretName) {}

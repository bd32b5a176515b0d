package dev.lettershop.api.v1alpha1;

public record PersistentVolumeClaimVolume(String claimName, Boolean readOnly) {}

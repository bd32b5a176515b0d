package dev.lettershop.api.v1alpha1;

public record NfsVolume(String server, String path, Boolean readOnly) {}

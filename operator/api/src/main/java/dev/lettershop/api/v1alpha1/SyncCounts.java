package dev.lettershop.api.v1alpha1;

public record SyncCounts(Long read, Long created, Long changed, Long merged, Long quarantined) {}

package dev.lettershop.api.v1alpha1;

import java.util.List;

public record ProfileSourceStatus(
    Long observedGeneration,
    List<Condition> conditions,
    String lastSyncTime,
    SyncCounts lastSync) {}

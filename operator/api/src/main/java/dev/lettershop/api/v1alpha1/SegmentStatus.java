package dev.lettershop.api.v1alpha1;

import java.util.List;

public record SegmentStatus(
    Long observedGeneration,
    List<Condition> conditions,
    Long size,
    Long entered,
    Long left,
    String lastRefreshTime) {}

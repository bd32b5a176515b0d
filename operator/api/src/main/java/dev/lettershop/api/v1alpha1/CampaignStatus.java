package dev.lettershop.api.v1alpha1;

import java.util.List;

public record CampaignStatus(
    Long observedGeneration,
    List<Condition> conditions,
    String planHash,
    String nextRunTime,
    CampaignLastRun lastRun) {}

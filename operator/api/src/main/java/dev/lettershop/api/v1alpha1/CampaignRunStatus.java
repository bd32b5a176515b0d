package dev.lettershop.api.v1alpha1;

import java.util.List;
import java.util.Map;

public record CampaignRunStatus(
    Long observedGeneration,
    List<Condition> conditions,
    String planHash,
    String startTime,
    String completionTime,
    RunAudience audience,
    DeliveryCounts deliveries,
    List<VariantCounts> variants,
    Map<String, ShardStatus> shards) {}

package dev.lettershop.api.v1alpha1;

public record CampaignLastRun(
    String name,
    String startTime,
    String completionTime,
    String outcome,
    Long audience,
    Long sent,
    Long failed) {}

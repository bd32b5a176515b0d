package dev.lettershop.api.v1alpha1;

public record CampaignTrigger(String event, String delay, TriggerUnless unless) {}

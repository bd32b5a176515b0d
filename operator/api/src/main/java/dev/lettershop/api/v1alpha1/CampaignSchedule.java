package dev.lettershop.api.v1alpha1;

public record CampaignSchedule(String cron, String timeZone, String at, CampaignTrigger trigger) {}

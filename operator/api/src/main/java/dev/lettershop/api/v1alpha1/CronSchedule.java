package dev.lettershop.api.v1alpha1;

public record CronSchedule(String cron, String timeZone) {}

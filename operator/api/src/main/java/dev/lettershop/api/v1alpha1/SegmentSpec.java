package dev.lettershop.api.v1alpha1;

public record SegmentSpec(
    LocalRef storeRef, String expression, SegmentRules rules, CronSchedule refresh) {}

package dev.lettershop.api.v1alpha1;

public record FrequencyCap(Integer messages, String per) {}

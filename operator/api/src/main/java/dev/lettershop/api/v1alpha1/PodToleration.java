package dev.lettershop.api.v1alpha1;

public record PodToleration(
    String key, String operator, String value, String effect, Long tolerationSeconds) {}

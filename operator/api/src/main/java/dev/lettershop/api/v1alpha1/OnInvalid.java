package dev.lettershop.api.v1alpha1;

public record OnInvalid(InvalidPolicy policy, Integer failAbovePercent) {}

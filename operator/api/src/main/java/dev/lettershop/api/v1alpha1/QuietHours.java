package dev.lettershop.api.v1alpha1;

public record QuietHours(String from, String to) {}

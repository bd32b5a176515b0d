package dev.lettershop.api.v1alpha1;

public record DeliveryCounts(Long planned, Long sent, Long deferred, Long failed, Long uncertain) {}

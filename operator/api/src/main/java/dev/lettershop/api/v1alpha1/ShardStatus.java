package dev.lettershop.api.v1alpha1;

public record ShardStatus(Long sent, Long failed, Long deferred, Long uncertain, String time) {}

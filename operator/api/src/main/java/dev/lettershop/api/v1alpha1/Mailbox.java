package dev.lettershop.api.v1alpha1;

public record Mailbox(String name, String address) {}

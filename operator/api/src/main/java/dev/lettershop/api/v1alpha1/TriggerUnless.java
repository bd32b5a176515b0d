package dev.lettershop.api.v1alpha1;

public record TriggerUnless(String event) {}

package dev.lettershop.api.v1alpha1;

public record TemplatePartial(String name, LocalRef templateRef) {}

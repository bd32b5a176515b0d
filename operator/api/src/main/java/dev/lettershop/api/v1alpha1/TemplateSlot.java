package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

public record TemplateSlot(String name, @JsonProperty("default") String defaultValue) {}

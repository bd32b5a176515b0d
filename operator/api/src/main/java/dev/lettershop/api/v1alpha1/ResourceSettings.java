package dev.lettershop.api.v1alpha1;

import java.util.Map;

public record ResourceSettings(Map<String, String> requests, Map<String, String> limits) {}

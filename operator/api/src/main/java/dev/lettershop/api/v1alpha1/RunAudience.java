package dev.lettershop.api.v1alpha1;

import java.util.Map;

public record RunAudience(Long selected, Map<String, Long> skipped) {}

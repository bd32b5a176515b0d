package dev.lettershop.api.v1alpha1;

import java.util.Map;

public record ContentRule(String when, String segment, Map<String, String> set) {}

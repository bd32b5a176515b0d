package dev.lettershop.api.v1alpha1;

import java.util.List;

public record PropertyRule(
    String property, RuleOperator operator, String value, List<String> values) {}

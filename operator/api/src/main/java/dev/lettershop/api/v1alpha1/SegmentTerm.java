package dev.lettershop.api.v1alpha1;

import java.util.List;

public record SegmentTerm(
    String attribute,
    String event,
    String segment,
    RuleOperator operator,
    String value,
    List<String> values,
    String within,
    Integer atLeast,
    Integer atMost,
    List<PropertyRule> where) {}

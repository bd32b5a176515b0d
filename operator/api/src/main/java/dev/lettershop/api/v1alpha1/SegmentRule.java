package dev.lettershop.api.v1alpha1;

import java.util.List;

public record SegmentRule(
    String attribute,
    String event,
    String segment,
    RuleOperator operator,
    String value,
    List<String> values,
    String within,
    Integer atLeast,
    Integer atMost,
    List<PropertyRule> where,
    List<SegmentTerm> anyOf,
    List<SegmentTerm> allOf) {}

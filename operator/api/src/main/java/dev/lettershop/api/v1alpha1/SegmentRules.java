package dev.lettershop.api.v1alpha1;

import java.util.List;

public record SegmentRules(List<SegmentRule> all, List<SegmentRule> any, List<SegmentRule> none) {}

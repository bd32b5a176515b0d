package dev.lettershop.api.v1alpha1;

import java.util.List;

public record ProfileStoreStatus(Long observedGeneration, List<Condition> conditions) {}

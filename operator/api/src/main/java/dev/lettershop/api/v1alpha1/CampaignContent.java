package dev.lettershop.api.v1alpha1;

import java.util.List;

public record CampaignContent(LocalRef templateRef, List<ContentRule> rules) {}

package dev.lettershop.api.v1alpha1;

import java.util.List;

public record CampaignRunSpec(
    LocalRef campaignRef, Boolean dryRun, List<String> testRecipients, Boolean suspend) {}

package dev.lettershop.api.v1alpha1;

import java.util.List;

public record MailTransportStatus(Long observedGeneration, List<Condition> conditions) {}

package dev.lettershop.plan;

/**
 * All that forgetting what is past its time in one store needs to know. Secrets appear by reference
 * only.
 */
public record RetentionPlan(String namespace, Plan.Store store) {}

package dev.lettershop.models;

/**
 * What a training would come to.
 *
 * @param survey what it would say of everybody now; empty for a model that recommends
 */
public record Evaluation(VersionReport report, Survey survey) {}

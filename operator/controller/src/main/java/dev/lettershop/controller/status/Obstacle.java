package dev.lettershop.controller.status;

/**
 * Why the Pods of a Job do not start.
 *
 * @param reason one word in CamelCase, such as {@code ImagePullBackOff}
 * @param message what the cluster says about it; names of objects, no personal data
 */
public record Obstacle(String reason, String message) {}

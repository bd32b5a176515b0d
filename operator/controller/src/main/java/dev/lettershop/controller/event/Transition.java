package dev.lettershop.controller.event;

/** Something worth an Event. */
public record Transition(EventReason reason, String message) {}

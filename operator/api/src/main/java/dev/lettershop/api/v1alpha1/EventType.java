package dev.lettershop.api.v1alpha1;

import java.util.List;

public record EventType(String name, List<EventProperty> properties) {}

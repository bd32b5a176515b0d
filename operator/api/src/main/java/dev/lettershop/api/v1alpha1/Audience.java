package dev.lettershop.api.v1alpha1;

import java.util.List;

public record Audience(List<String> include, List<String> exclude) {}

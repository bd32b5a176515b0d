package dev.lettershop.api.v1alpha1;

import java.util.List;

public record FromPolicy(List<String> domains) {}

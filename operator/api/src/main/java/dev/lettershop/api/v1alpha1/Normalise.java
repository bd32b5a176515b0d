package dev.lettershop.api.v1alpha1;

public record Normalise(Boolean email, Boolean names, CountryFormat countries, Boolean timeZones) {}

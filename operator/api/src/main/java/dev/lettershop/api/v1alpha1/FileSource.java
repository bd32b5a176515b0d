package dev.lettershop.api.v1alpha1;

public record FileSource(FileFormat format, String path, Volume volume, CsvOptions csv) {}

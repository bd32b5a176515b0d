package dev.lettershop.api.v1alpha1;

import java.util.List;

public record CsvOptions(
    String delimiter, String quote, String encoding, Boolean header, List<String> columns) {}

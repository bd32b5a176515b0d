package dev.lettershop.api.v1alpha1;

public record JdbcSource(
    String url,
    LocalRef credentialsSecretRef,
    String query,
    String watermarkColumn,
    Integer fetchSize) {}

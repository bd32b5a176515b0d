package dev.lettershop.api.v1alpha1;

public record PostgresqlConnection(
    String host, Integer port, String database, LocalRef credentialsSecretRef, PostgresqlTls tls) {}

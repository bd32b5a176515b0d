package dev.lettershop.api.v1alpha1;

public record PostgresqlTls(TlsMode mode, SecretKeyRef caSecretRef) {}

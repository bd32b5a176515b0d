package dev.lettershop.api.v1alpha1;

public record MongodbSource(
    SecretKeyRef uriSecretRef,
    String database,
    String collection,
    String filter,
    Boolean changeStream) {}

package dev.lettershop.api.v1alpha1;

public record SmtpServer(
    String host,
    Integer port,
    SmtpTls tls,
    LocalRef credentialsSecretRef,
    SecretKeyRef caSecretRef,
    Integer connections) {}

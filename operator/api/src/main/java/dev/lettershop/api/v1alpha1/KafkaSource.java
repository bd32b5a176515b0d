package dev.lettershop.api.v1alpha1;

import java.util.List;

public record KafkaSource(
    List<String> bootstrapServers,
    String topic,
    String groupId,
    KafkaFormat format,
    LocalRef credentialsSecretRef,
    SecretKeyRef caSecretRef) {}

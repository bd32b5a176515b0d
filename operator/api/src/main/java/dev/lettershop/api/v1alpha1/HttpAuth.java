package dev.lettershop.api.v1alpha1;

import java.util.List;

public record HttpAuth(
    HttpAuthType type, LocalRef credentialsSecretRef, String tokenUrl, List<String> scopes) {}

package dev.lettershop.api.v1alpha1;

import java.util.Map;

public record HttpSource(
    String url,
    Map<String, String> headers,
    HttpAuth auth,
    HttpPaging paging,
    String itemsPath,
    Integer requestsPerSecond,
    Boolean allowPrivateAddresses) {}

package dev.lettershop.api.v1alpha1;

import java.util.Map;

public record CsiVolume(
    String driver,
    Boolean readOnly,
    String fsType,
    Map<String, String> volumeAttributes,
    LocalRef nodePublishSecretRef) {}

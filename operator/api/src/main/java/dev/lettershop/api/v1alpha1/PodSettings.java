package dev.lettershop.api.v1alpha1;

import java.util.List;
import java.util.Map;

public record PodSettings(
    ResourceSettings resources,
    Map<String, String> nodeSelector,
    List<PodToleration> tolerations,
    String serviceAccountName,
    String priorityClassName) {}

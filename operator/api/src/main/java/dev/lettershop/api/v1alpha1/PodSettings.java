package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodSettings(
    ResourceSettings resources,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> nodeSelector,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PodToleration> tolerations,
    String serviceAccountName,
    String priorityClassName) {

  public PodSettings {
    nodeSelector = Absent.map(nodeSelector);
    tolerations = Absent.list(tolerations);
  }
}

package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record CsiVolume(
    String driver,
    Boolean readOnly,
    String fsType,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> volumeAttributes,
    LocalRef nodePublishSecretRef) {

  public CsiVolume {
    readOnly = Absent.or(readOnly, true);
    volumeAttributes = Absent.map(volumeAttributes);
  }
}

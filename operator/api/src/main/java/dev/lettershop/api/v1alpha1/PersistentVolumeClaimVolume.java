package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersistentVolumeClaimVolume(String claimName, Boolean readOnly) {

  public PersistentVolumeClaimVolume {
    readOnly = Absent.or(readOnly, true);
  }
}

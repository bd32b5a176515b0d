package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record NfsVolume(String server, String path, Boolean readOnly) {

  public NfsVolume {
    readOnly = Absent.or(readOnly, true);
  }
}

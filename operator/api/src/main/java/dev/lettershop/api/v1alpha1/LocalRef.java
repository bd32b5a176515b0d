package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record LocalRef(String name) {
  /** The object that is meant when nothing is written. */
  static final LocalRef DEFAULT = new LocalRef("default");
}

package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attribute(String name, AttributeType type, Boolean pii) {

  public Attribute {
    pii = Absent.or(pii, false);
  }
}

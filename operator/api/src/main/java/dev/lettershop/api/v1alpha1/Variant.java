package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record Variant(String name, Integer weight, LocalRef templateRef) {

  public Variant {
    weight = Absent.or(weight, 1);
  }
}

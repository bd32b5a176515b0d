package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventType(
    String name, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<EventProperty> properties) {

  public EventType {
    properties = Absent.list(properties);
  }
}

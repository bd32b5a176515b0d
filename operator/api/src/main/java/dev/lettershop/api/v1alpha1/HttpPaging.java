package dev.lettershop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpPaging(
    HttpPagingType type, String parameter, String sizeParameter, Integer size, String cursorPath) {

  public HttpPaging {
    type = Absent.or(type, HttpPagingType.None);
  }
}

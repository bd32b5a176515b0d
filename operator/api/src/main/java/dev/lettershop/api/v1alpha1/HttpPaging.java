package dev.lettershop.api.v1alpha1;

public record HttpPaging(
    HttpPagingType type, String parameter, String sizeParameter, Integer size, String cursorPath) {}

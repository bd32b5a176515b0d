package dev.lettershop.api.v1alpha1;

public enum HttpPagingType {
  None,
  PageNumber,
  Offset,
  Cursor,
  LinkHeader
}

package dev.lettershop.api.v1alpha1.source;

/** How the pages of an HTTP API are asked for. */
public enum HttpPagingType {
  None,
  PageNumber,
  Offset,
  Cursor,
  LinkHeader
}

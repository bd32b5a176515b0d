package dev.lettershop.api.v1alpha1.source;

import dev.lettershop.source.connect.http.LinkHeader;

/** How the pages of an HTTP API are asked for. */
public enum HttpPagingType {
  None,
  PageNumber,
  Offset,
  Cursor,
  LinkHeader
}

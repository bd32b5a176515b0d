package dev.lettershop.source.connect.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.source.HttpPaging;
import dev.lettershop.source.connect.ConnectorException;
import java.net.URI;

/** The URLs of pages: the first one, and which comes after another. */
final class Pages {
  private final HttpPaging paging;

  Pages(HttpPaging paging) {
    this.paging = paging;
  }

  URI first(URI url) {
    URI first = url;
    if (paging.sizeParameter() != null) {
      first = Urls.with(first, paging.sizeParameter(), paging.size().toString());
    }
    return switch (paging.type()) {
      case PageNumber -> Urls.with(first, paging.parameter(), paging.firstPage().toString());
      case Offset -> Urls.with(first, paging.parameter(), "0");
      default -> first;
    };
  }

  /**
   * The page after one; null when that was the last.
   *
   * @param url the page that was read
   * @param items how many records it had
   * @throws ConnectorException when it leads to another host, or to itself
   */
  URI next(URI url, Answer answer, JsonNode body, int items) throws ConnectorException {
    URI next =
        switch (paging.type()) {
          case None -> null;
          case PageNumber -> numbered(url, items, 1);
          case Offset -> numbered(url, items, paging.size());
          case Cursor -> cursor(url, body.at(paging.cursorPath()));
          case LinkHeader -> linked(url, LinkHeader.next(answer.all("link")));
        };
    if (next != null && next.equals(url)) {
      throw ConnectorException.misconfigured(
          "spec.http.paging", "a page names itself as the next one", "check type and paths", null);
    }
    return next;
  }

  /** A page that is not full is the last; where the size is the server's choice, an empty one. */
  private URI numbered(URI url, int items, int step) {
    boolean last = paging.size() == null ? items == 0 : items < paging.size();
    if (last) {
      return null;
    }
    return Urls.with(url, paging.parameter(), Long.toString(number(url) + step));
  }

  private long number(URI url) {
    String prefix = paging.parameter() + "=";
    for (String part : url.getQuery().split("&")) {
      if (part.startsWith(prefix)) {
        return Long.parseLong(part.substring(prefix.length()));
      }
    }
    return 0;
  }

  private URI cursor(URI url, JsonNode cursor) {
    String value = cursor.isNull() || cursor.isMissingNode() ? "" : cursor.asText();
    return value.isEmpty() ? null : Urls.with(url, paging.parameter(), value);
  }

  private static URI linked(URI url, String link) throws ConnectorException {
    if (link == null) {
      return null;
    }
    URI next;
    try {
      next = url.resolve(link);
    } catch (IllegalArgumentException e) {
      next = null;
    }
    if (next == null || next.getHost() == null || !Urls.sameOrigin(url, next)) {
      throw ConnectorException.misconfigured(
          "spec.http.paging.type",
          "the header Link leads to another host, which is not followed",
          "ask those who run the API",
          null);
    }
    return next;
  }
}

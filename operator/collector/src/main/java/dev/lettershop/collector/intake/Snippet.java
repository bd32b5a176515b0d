package dev.lettershop.collector.intake;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The script that pages include to send events; the same for every source. */
final class Snippet {
  /** Such as no list of ad blockers knows. */
  static final String PATH = "/l.js";

  private final Buffer script;
  private final String tag;

  Snippet() {
    try (InputStream in = Snippet.class.getResourceAsStream("snippet.js")) {
      this.script = Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("The snippet is part of the jar", e);
    }
    this.tag = "\"" + Integer.toHexString(script.hashCode()) + "\"";
  }

  void send(RoutingContext context) {
    context
        .response()
        .putHeader("content-type", "text/javascript; charset=utf-8")
        .putHeader("cache-control", "public, max-age=3600")
        .putHeader("cross-origin-resource-policy", "cross-origin")
        .putHeader("etag", tag);
    if (tag.equals(context.request().getHeader("if-none-match"))) {
      context.response().setStatusCode(304).end();
    } else {
      context.response().end(script);
    }
  }
}

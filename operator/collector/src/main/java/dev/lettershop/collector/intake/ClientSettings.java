package dev.lettershop.collector.intake;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What analytics.js asks for before it sends anything: where to, and with which key. */
final class ClientSettings {
  private ClientSettings() {}

  static void send(RoutingContext context, String key) {
    String host = context.request().authority().toString();
    // Behind a proxy that ends TLS, only it knows what the client speaks.
    String forwarded = context.request().getHeader("x-forwarded-proto");
    boolean https = "https".equals(forwarded) || context.request().isSSL();
    JsonObject destination =
        new JsonObject()
            .put("apiKey", key)
            .put("apiHost", host + "/v1")
            .put("protocol", https ? "https" : "http")
            .put("type", "server")
            .put("unbundledIntegrations", new JsonArray())
            .put("addBundledMetadata", false);
    JsonObject settings =
        new JsonObject()
            .put("integrations", new JsonObject().put("Segment.io", destination))
            .put("plan", new JsonObject())
            .put("edgeFunction", new JsonObject())
            .put("metrics", new JsonObject().put("sampleRate", 0));
    context
        .response()
        .putHeader("content-type", "application/json")
        .putHeader("cache-control", "public, max-age=300")
        .end(settings.encode());
  }
}

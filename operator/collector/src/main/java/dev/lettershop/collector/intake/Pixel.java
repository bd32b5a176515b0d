package dev.lettershop.collector.intake;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * An image of one pixel, for where no script runs: {@code
 * /x.gif?writeKey=…&event=…&anonymousId=…&messageId=…}; what else stands in the query are the
 * event's properties.
 */
final class Pixel {
  static final String PATH = "/x.gif";

  private static final List<String> FIELDS = List.of("event", "userId", "anonymousId", "messageId");
  private static final Buffer IMAGE =
      Buffer.buffer(
          Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));

  private Pixel() {}

  /** The call that a query stands for. */
  static Frame frame(MultiMap query, Instant receivedAt) throws Refusal {
    JsonObject call = new JsonObject();
    JsonObject properties = new JsonObject();
    query.forEach(
        (name, value) -> {
          if (FIELDS.contains(name)) {
            call.put(name, value);
          } else if (!name.equals("writeKey")) {
            properties.put(name, value);
          }
        });
    call.put("properties", properties);
    if (!call.containsKey("event")
        || !call.containsKey("userId") && !call.containsKey("anonymousId")) {
      throw new Refusal(400, "event, and userId or anonymousId, must be in the query");
    }
    byte[] json = call.encode().getBytes(StandardCharsets.UTF_8);
    return new Frame(
        CallType.Track, receivedAt, "", new byte[0], List.of(new Frame.Call(json, "")));
  }

  static void send(RoutingContext context) {
    if (!context.response().closed() && !context.response().ended()) {
      context
          .response()
          .putHeader("content-type", "image/gif")
          .putHeader("cache-control", "no-store")
          .end(IMAGE);
    }
  }
}

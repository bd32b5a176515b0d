package dev.lettershop.collector.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads the body of a request, with a bound on its size and on the time it takes: a client that
 * sends a byte now and then does not hold a connection for long.
 */
final class Body {
  private static final Buffer NOTHING = Buffer.buffer(0);

  /** Takes what came of it, on the event loop. */
  interface Receiver {
    void received(Buffer body);

    void refused(int status, String reason);
  }

  private final int limit;
  private final long patience;
  private final Receiver receiver;
  private final long started;
  private Buffer gathered;
  private boolean refused;

  private Body(int limit, Duration patience, Receiver receiver) {
    this.limit = limit;
    this.patience = patience.toNanos();
    this.receiver = receiver;
    this.started = System.nanoTime();
  }

  static void read(HttpServerRequest request, int limit, Duration patience, Receiver receiver) {
    String announced = request.getHeader("content-length");
    if (announced != null && announced.length() > 9 || length(announced) > limit) {
      request.handler(ignored -> {});
      request.resume();
      receiver.refused(413, "the body is larger than " + limit + " bytes");
      return;
    }
    Body body = new Body(limit, patience, receiver);
    request.handler(body::chunk);
    request.endHandler(end -> body.end());
    request.resume();
  }

  private static long length(String announced) {
    try {
      return announced == null ? 0 : Long.parseLong(announced);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void chunk(Buffer chunk) {
    if (refused) {
      return;
    }
    if (System.nanoTime() - started > patience) {
      refuse(408, "the body did not come in time");
    } else if ((gathered == null ? 0 : gathered.length()) + chunk.length() > limit) {
      refuse(413, "the body is larger than " + limit + " bytes");
    } else if (gathered == null) {
      gathered = chunk;
    } else {
      // The first chunk is the codec's own; it must not be written to.
      gathered =
          Buffer.buffer(gathered.length() + chunk.length())
              .appendBuffer(gathered)
              .appendBuffer(chunk);
    }
  }

  private void refuse(int status, String reason) {
    refused = true;
    gathered = null;
    receiver.refused(status, reason);
  }

  private void end() {
    if (!refused) {
      receiver.received(gathered == null ? NOTHING : gathered);
    }
  }
}

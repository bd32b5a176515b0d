package dev.lettershop.collector.track;

import dev.lettershop.store.hit.Hit;
import dev.lettershop.store.hit.HitKind;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes a hit of a request: what verdicts need to know of it, and no more. */
final class HitReader {
  private static final List<String> PURPOSES =
      List.of("sec-purpose", "purpose", "x-purpose", "x-moz");
  private static final int LONGEST_AGENT = 512;
  private static final int LONGEST_REFERER = 255;

  private final Clock clock;
  private final Supplier<UUID> ids;

  HitReader(Clock clock, Supplier<UUID> ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * @param number of the link, or of the variant
   * @param client address of the client
   */
  Hit read(
      HttpServerRequest request,
      HitKind kind,
      long runId,
      long profileId,
      int number,
      String client) {
    MultiMap headers = request.headers();
    return new Hit(
        ids.get(),
        clock.instant().truncatedTo(ChronoUnit.MICROS),
        kind,
        runId,
        profileId,
        number,
        request.method().name(),
        PURPOSES.stream().anyMatch(name -> fetchesAhead(headers.get(name))),
        ClientNetwork.of(client),
        origin(headers.get("referer")),
        agent(headers.get("user-agent")));
  }

  private static boolean fetchesAhead(String purpose) {
    String words = purpose == null ? "" : purpose.toLowerCase(Locale.ROOT);
    return words.contains("prefetch") || words.contains("preview");
  }

  /** Scheme and host: the rest may name a mailbox. */
  private static String origin(String referer) {
    if (referer == null) {
      return null;
    }
    try {
      URI uri = new URI(referer);
      String origin = uri.getScheme() + "://" + uri.getHost();
      return uri.getHost() == null || origin.length() > LONGEST_REFERER ? null : origin;
    } catch (URISyntaxException notAnAddress) {
      return null;
    }
  }

  private static String agent(String agent) {
    if (agent == null) {
      return null;
    }
    String cut = agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent;
    return cut.replaceAll("\\p{Cntrl}", " ").strip();
  }
}

package dev.lettershop.source.connect.http;

import dev.lettershop.api.v1alpha1.source.HttpSource;
import dev.lettershop.resource.DurationText;
import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Sends requests: not faster than allowed, again when the server is busy or away, and to the same
 * host only. Not thread-safe.
 */
final class Exchange implements AutoCloseable {
  /** Of one request, before the source counts as unavailable. */
  private static final int TRIES = 6;

  private static final int REDIRECTS = 5;

  /** A server that wants to be left alone for longer is asked again by the next sync. */
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

  private final PinnedClient client;
  private final long nanosBetween;
  private final Backoff backoff;
  private final Backoff.Pause pause;
  private long nextAt = System.nanoTime();

  Exchange(AddressRules addresses, HttpSource source, Backoff backoff, Backoff.Pause pause) {
    this(
        new PinnedClient(
            addresses,
            DurationText.parse(source.timeout()),
            source.maxResponseMebibytes() * 1024L * 1024),
        source.requestsPerSecond(),
        backoff,
        pause);
  }

  /**
   * @param client closed with this
   */
  Exchange(PinnedClient client, int requestsPerSecond, Backoff backoff, Backoff.Pause pause) {
    this.client = client;
    this.nanosBetween = 1_000_000_000L / requestsPerSecond;
    this.backoff = backoff;
    this.pause = pause;
  }

  /**
   * Sends a request until it is answered.
   *
   * @param body of a POST, or null for a GET
   * @return an answer of the classes 2xx or 4xx
   */
  Answer send(String field, URI url, Map<String, String> headers, byte[] body)
      throws ConnectorException {
    URI target = url;
    int redirects = 0;
    for (int failures = 0; ; ) {
      await();
      Answer answer;
      try {
        answer = client.send(target, headers, body);
      } catch (IOException e) {
        failures = again(field, failures, null, failure(e), e);
        continue;
      }
      if (answer.status() >= 500 || answer.status() == 429 || answer.status() == 408) {
        failures = again(field, failures, answer, "the server answers " + answer.status(), null);
      } else if (answer.isRedirect()) {
        if (++redirects > REDIRECTS) {
          throw ConnectorException.misconfigured(
              field, "the server redirects in a circle", "use the URL that it redirects to", null);
        }
        target = redirected(field, url, target, answer);
      } else {
        return answer;
      }
    }
  }

  private static String failure(IOException e) {
    return e instanceof java.net.SocketTimeoutException
        ? "the server does not answer in time"
        : "the server cannot be reached, or the connection broke ("
            + e.getClass().getSimpleName()
            + ")";
  }

  private void await() {
    long now = System.nanoTime();
    if (nextAt - now > 0) {
      pause.of(Duration.ofNanos(nextAt - now));
      now = System.nanoTime();
    }
    nextAt = now + nanosBetween;
  }

  private int again(String field, int before, Answer answer, String what, IOException cause)
      throws ConnectorException {
    int failures = before + 1;
    Duration wished = answer == null ? null : retryAfter(answer);
    boolean tooLong = wished != null && wished.compareTo(MOST_PATIENCE) > 0;
    if (failures >= TRIES || tooLong) {
      throw ConnectorException.unavailable(
          field,
          what + (tooLong ? " and asks to wait for " + wished.toMinutes() + " minutes" : ""),
          "ask those who run it; the next sync goes on where this one stopped",
          cause);
    }
    Duration own = backoff.after(failures);
    pause.of(wished == null || wished.compareTo(own) < 0 ? own : wished);
    return failures;
  }

  /** RFC 9110 §10.2.3: seconds, or a date, which is judged by the server's own clock. */
  static Duration retryAfter(Answer answer) {
    String value = answer.header("retry-after");
    if (value == null) {
      return null;
    }
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    String date = answer.header("date");
    try {
      ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      if (date == null) {
        return null;
      }
      Duration wait =
          Duration.between(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static URI redirected(String field, URI first, URI from, Answer answer)
      throws ConnectorException {
    String location = answer.header("location");
    URI target;
    try {
      target = location == null ? null : from.resolve(location);
    } catch (IllegalArgumentException e) {
      target = null;
    }
    if (target == null || target.getHost() == null || target.getScheme() == null) {
      throw ConnectorException.misconfigured(
          field, "the server redirects to something that is not a URL", "use another URL", null);
    }
    boolean upgraded =
        first.getScheme().equalsIgnoreCase("http")
            && target.getScheme().equalsIgnoreCase("https")
            && first.getHost().equalsIgnoreCase(target.getHost());
    if (!upgraded && !Urls.sameOrigin(first, target)) {
      throw ConnectorException.misconfigured(
          field,
          "the server redirects to another host, which is not followed",
          "use the URL that it redirects to, if you trust it",
          null);
    }
    return target;
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.lettershop.collector.track;

import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.http.Response;
import dev.lettershop.collector.spool.Spool;
import dev.lettershop.delivery.message.HitLinks;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import dev.lettershop.store.hit.Hits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A collector that records opens and clicks of one run, and a client that follows no redirect. */
final class TestTracking implements AutoCloseable {
  static final long RUN = 202611000000007L;
  static final long ADA = 1001;
  static final long BEA = 1002;
  static final HitLinks LINKS =
      new RecipientLinks(
              "https://links.shop.example", LinkKeys.parse("0123456789abcdef0123456789abcdef"))
          .hits();

  /** A run, its links, and two people of whom one consents to having opens recorded. */
  static final List<String> ROWS =
      List.of(
          """
          insert into profile (id, email, email_key) overriding system value
          values (1001, 'ada@example.com', 'ada@example.com'),
            (1002, 'bea@example.com', 'bea@example.com')
          """,
          """
          insert into consent_state values (1001, 'opens', 'Granted', now() - interval '1 day')
          """,
          """
          insert into run (id, namespace, campaign, name, plan_hash, plan, dry_run, on_uncertain,
            max_attempts, topic, opt_in, state, opens_topic, frozen_at)
          values (202611000000007, 'shop', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'news',
            'Single', 'Frozen', 'opens', now())
          """,
          """
          insert into link values
            (202611000000007, 0, 'sale', array['https://shop.example/sale?a=1&b=2']),
            (202611000000007, 1, 'sale', array['https://shop.example/p/', '?x=1'])
          """);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Spool spool;
  private final TestCollector collector;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param spool not started
   * @param folder where it keeps where links lead
   */
  TestTracking(Hits hits, Spool spool, Path folder) {
    this.spool = spool;
    RecipientLinks links =
        new RecipientLinks(
            "https://links.shop.example", LinkKeys.parse("0123456789abcdef0123456789abcdef"));
    TrackFeature feature =
        new TrackFeature(
            () -> List.of(links),
            hits,
            spool,
            folder,
            new TrackFeature.Pages(
                request -> Response.html(404, "<p>unknown</p>"),
                request -> Response.html(503, "<p>later</p>")),
            1_000_000,
            meters,
            Clock.systemUTC(),
            UUID::randomUUID);
    spool.start();
    this.collector = TestCollector.of(feature);
  }

  static String path(String url) {
    return url.substring("https://links.shop.example".length());
  }

  static String click(long profile, int number, String... values) {
    return path(LINKS.click(RUN, profile, number, List.of(values)).orElseThrow());
  }

  static String open(long profile) {
    return path(LINKS.open(RUN, profile, 0));
  }

  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(collector.uri(path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  URI uri(String path) {
    return collector.uri(path);
  }

  /** Hits by what has become of them. */
  double hits(String outcome) {
    return meters.find("lettershop.collector.hits").tag("outcome", outcome).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Override
  public void close() {
    collector.close();
    spool.close();
  }
}

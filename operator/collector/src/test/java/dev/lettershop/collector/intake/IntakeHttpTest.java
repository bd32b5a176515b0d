package dev.lettershop.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.collector.Http;
import dev.lettershop.collector.Shop;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.intake.IntakeChunk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeHttpTest {
  private static final String TRACK =
      "{\"type\":\"track\",\"event\":\"Product Viewed\",\"userId\":\"42\",\"messageId\":\"m1\"}";
  private static final GroupCommit.Bounds BOUNDS =
      new GroupCommit.Bounds(
          Duration.ofMillis(1), 100, 1 << 20, 50, 1_000_000, Duration.ofMillis(300));

  private final List<Frame> stored = new CopyOnWriteArrayList<>();
  private final List<String> sources = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TestCollector collector = start(this::keep, Shop.limits());

  @AfterEach
  void stop() {
    collector.close();
  }

  private void keep(List<IntakeChunk> chunks) {
    for (IntakeChunk chunk : chunks) {
      sources.add(chunk.source());
      stored.addAll(Frame.read(chunk.content()));
    }
  }

  private TestCollector start(GroupCommit.Storage storage, IntakeFeature.Limits limits) {
    return TestCollector.of(
        new IntakeFeature(
            Shop.intakeSources(),
            limits,
            storage,
            () -> true,
            BOUNDS,
            meters,
            Clock.systemUTC(),
            new Random(1)));
  }

  private void restart(GroupCommit.Storage storage, IntakeFeature.Limits limits) {
    collector.close();
    collector = start(storage, limits);
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return Http.post(collector.uri(path), body, headers);
  }

  private static byte[] gzip(byte[] content) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  private String only() {
    assertThat(stored).hasSize(1);
    assertThat(stored.get(0).calls()).hasSize(1);
    return new String(stored.get(0).calls().get(0).json(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "track",
        "t",
        "identify",
        "i",
        "page",
        "p",
        "screen",
        "s",
        "group",
        "g",
        "alias",
        "a"
      })
  void everyPathForOneCallTakesItAsItCame(String path) throws Exception {
    HttpResponse<String> answer =
        post("/v1/" + path, TRACK, "authorization", Http.basic(Shop.SERVER_KEY));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"success\":true}");
    assertThat(only()).isEqualTo(TRACK);
    assertThat(stored.get(0).type().name()).startsWithIgnoringCase(path.substring(0, 1));
    assertThat(sources).containsExactly("shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch"})
  void everyPathForManyCallsTakesEach(String path) throws Exception {
    String body =
        "{\"batch\":["
            + TRACK
            + " , {\"a\":[{}]}],\"sentAt\":\"2026-11-30T10:00:00Z\","
            + "\"context\":{\"library\":{\"name\":\"x\"}},\"writeKey\":\"server-key\"}";

    assertThat(post(path, body).statusCode()).isEqualTo(200);

    Frame frame = stored.get(0);
    assertThat(frame.sentAt()).isEqualTo("2026-11-30T10:00:00Z");
    assertThat(new String(frame.context(), StandardCharsets.UTF_8))
        .isEqualTo("{\"library\":{\"name\":\"x\"}}");
    assertThat(frame.calls())
        .extracting(call -> new String(call.json(), StandardCharsets.UTF_8))
        .containsExactly(TRACK, "{\"a\":[{}]}");
  }

  @Test
  void theWriteKeyStandsInTheHeaderInTheBodyOrInTheAddress() throws Exception {
    String body = "{\"event\":\"x\",\"writeKey\":\"server-key\"}";

    assertThat(post("/v1/t", body).statusCode()).isEqualTo(200);
    assertThat(post("/v1/t?writeKey=server-key", TRACK).statusCode()).isEqualTo(200);
    assertThat(post("/v1/t", body, "authorization", Http.basic("other")).statusCode())
        .isEqualTo(401);
    assertThat(post("/v1/t", TRACK).statusCode()).isEqualTo(401);
    assertThat(post("/v1/t", TRACK, "authorization", "Basic !").statusCode()).isEqualTo(401);
    assertThat(sources).containsExactly("shop", "shop");
  }

  @Test
  void whatABodyIsIsToldByItsContent() throws Exception {
    byte[] zipped = gzip(TRACK.getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> answer =
        Http.send(
            "POST",
            collector.uri("/v1/track"),
            zipped,
            "content-type",
            "application/x-www-form-urlencoded",
            "authorization",
            Http.basic(Shop.SERVER_KEY));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(only()).isEqualTo(TRACK);
  }

  /** RudderStack's client says more when it sends something again. */
  @ParameterizedTest
  @CsvSource({
    "'anonymousid,authorization,content-type,sentat',"
        + " 'anonymousid,authorization,content-type,sentat'",
    "'authorization,rsa-retry-attempt,rsa-since-last-attempt',"
        + " 'authorization,rsa-retry-attempt,rsa-since-last-attempt'",
    "'a:b;c', 'authorization, content-type'"
  })
  void aBrowserMayAskBeforeItSendsAndIsToldWhenToComeAgain(String asked, String allowed)
      throws Exception {
    HttpResponse<String> preflight =
        Http.send(
            "OPTIONS",
            collector.uri("/v1/t"),
            new byte[0],
            "origin",
            Shop.ORIGIN,
            "access-control-request-headers",
            asked);

    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().map())
        .containsEntry("access-control-allow-origin", List.of(Shop.ORIGIN))
        .containsEntry("access-control-allow-headers", List.of(allowed))
        .containsEntry("access-control-expose-headers", List.of("Retry-After"))
        .containsEntry("access-control-max-age", List.of("7200"));
  }

  @Test
  void pagesOfOtherOriginsAreRefused() throws Exception {
    HttpResponse<String> foreign =
        post(
            "/v1/t",
            TRACK,
            "authorization",
            Http.basic(Shop.BROWSER_KEY),
            "origin",
            "https://evil.example");

    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(
            post(
                    "/v1/t",
                    TRACK,
                    "authorization",
                    Http.basic(Shop.BROWSER_KEY),
                    "origin",
                    Shop.ORIGIN)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatCanNeverBeTakenIsRefusedWithTheReason() throws Exception {
    String key = Http.basic(Shop.SERVER_KEY);

    assertThat(post("/v1/t", "", "authorization", key).body()).isEqualTo("the body is empty\n");
    assertThat(post("/v1/t", "[]", "authorization", key).body())
        .isEqualTo("the body is not a JSON object\n");
    assertThat(post("/v1/t", "{\"a\":", "authorization", key).body())
        .isEqualTo("the body is not valid JSON\n");
    assertThat(post("/v1/t", "{} {}", "authorization", key).body())
        .isEqualTo("something follows the JSON object in the body\n");
    assertThat(post("/v1/batch", "{\"x\":1}", "authorization", key).body())
        .isEqualTo("the body has no array \"batch\"\n");
    assertThat(post("/v1/t", "x".repeat(500_001), "authorization", key).statusCode())
        .isEqualTo(413);
    assertThat(stored).isEmpty();
  }

  @Test
  void aBombEndsAtTheLimit() throws Exception {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(100_000);

    HttpResponse<String> answer = Http.send("POST", collector.uri("/v1/batch"), bomb);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).isEqualTo("the decompressed body is larger than 500000 bytes\n");
    byte[] cutOff = java.util.Arrays.copyOf(gzip(TRACK.getBytes(StandardCharsets.UTF_8)), 30);
    assertThat(Http.send("POST", collector.uri("/v1/t"), cutOff).statusCode()).isEqualTo(400);
  }

  @Test
  void aMillionBracketsAreRefusedWithoutReadingThem() throws Exception {
    assertThat(post("/v1/t", "{\"a\":" + "[".repeat(400_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void callsBeyondTheBoundsAreMarkedAndCostTheBatchNothing() throws Exception {
    String large = "{\"a\":\"" + "x".repeat(33_000) + "\"}";
    String deep = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";
    String body = "{\"batch\":[" + large + "," + deep + ",17,\"x\"," + TRACK + "]}";

    HttpResponse<String> answer =
        post("/v1/batch", body, "authorization", Http.basic(Shop.SERVER_KEY));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(stored.get(0).calls())
        .extracting(Frame.Call::fault)
        .containsExactly(
            "is larger than 32768 bytes",
            "is nested deeper than 32 levels",
            "is not a JSON object",
            "is not a JSON object",
            "");
  }

  @Test
  void nothingIsAnsweredBeforeItIsStored() throws Exception {
    CountDownLatch committed = new CountDownLatch(1);
    restart(
        chunks -> {
          try {
            committed.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          keep(chunks);
        },
        Shop.limits());
    CompletableFuture<HttpResponse<String>> answer = later(TRACK);

    assertThat(answer).isNotCompleted();
    committed.countDown();
    assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(stored).hasSize(1);
  }

  private CompletableFuture<HttpResponse<String>> later(String body) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return post("/v1/t", body, "authorization", Http.basic(Shop.SERVER_KEY));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void whatCannotBeStoredNowIsToComeAgain() throws Exception {
    restart(
        chunks -> {
          throw new StoreException(StoreException.Kind.Unreachable, "away");
        },
        Shop.limits());

    HttpResponse<String> answer =
        post("/v1/t", TRACK, "authorization", Http.basic(Shop.SERVER_KEY));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1, 5);
    await("it goes on serving links")
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> collector.collector().notReady() == null);
  }

  @Test
  void moreThanMayWaitIsToComeAgain() throws Exception {
    String calls = TRACK + ("," + TRACK).repeat(50);

    HttpResponse<String> answer =
        post(
            "/v1/batch",
            "{\"batch\":[" + calls + "]}",
            "authorization",
            Http.basic(Shop.SERVER_KEY));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(
            meters.counter("lettershop.collector.refused.requests", "reason", "Overload").count())
        .isEqualTo(1);
  }

  @Test
  void aNetworkThatAsksTooOftenIsToComeAgainAndServersAreNotCounted() throws Exception {
    restart(this::keep, new IntakeFeature.Limits(500_000, 2, 0));
    String browser = Http.basic(Shop.BROWSER_KEY);

    List<Integer> statuses =
        List.of(
            post("/v1/t", TRACK, "authorization", browser).statusCode(),
            post("/v1/t", TRACK, "authorization", browser).statusCode(),
            post("/v1/t", TRACK, "authorization", browser).statusCode());

    assertThat(statuses).contains(429).startsWith(200);
    for (int i = 0; i < 5; i++) {
      assertThat(post("/v1/t", TRACK, "authorization", Http.basic(Shop.SERVER_KEY)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void analyticsJsIsToldWhereToSend() throws Exception {
    HttpResponse<String> answer =
        Http.send("GET", collector.uri("/v1/projects/public-key/settings"), new byte[0]);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"apiKey\":\"public-key\"")
        .contains("\"apiHost\":\"127.0.0.1:" + collector.uri("/").getPort() + "/v1\"");
    assertThat(
            Http.send("GET", collector.uri("/v1/projects/unknown/settings"), new byte[0])
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void thePixelTakesAnEventAndOnlyWhenItIsAskedFor() throws Exception {
    String path =
        "/x.gif?writeKey=public-key&event=Seen&anonymousId=a1&messageId=m1&campaign=x%20y";

    assertThat(Http.send("HEAD", collector.uri(path), new byte[0]).statusCode()).isEqualTo(200);
    assertThat(stored).isEmpty();
    HttpResponse<String> answer = Http.send("GET", collector.uri(path), new byte[0]);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("image/gif");
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    assertThat(only())
        .contains("\"event\":\"Seen\"")
        .contains("\"properties\":{\"campaign\":\"x y\"}")
        .doesNotContain("writeKey");
    assertThat(
            Http.send("GET", collector.uri("/x.gif?writeKey=public-key&event=x"), new byte[0])
                .statusCode())
        .isEqualTo(400);
    assertThat(
            Http.send(
                    "GET",
                    collector.uri("/x.gif?writeKey=server-key&event=x&userId=1"),
                    new byte[0])
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void theSnippetIsSmallAndCached() throws Exception {
    HttpResponse<String> answer = Http.send("GET", collector.uri("/l.js"), new byte[0]);

    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(gzip(answer.body().getBytes(StandardCharsets.UTF_8))).hasSizeLessThan(3000);
    String tag = answer.headers().firstValue("etag").orElseThrow();
    assertThat(
            Http.send("GET", collector.uri("/l.js"), new byte[0], "if-none-match", tag)
                .statusCode())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "198.51.100.7|198.51.100.7",
        "2001:db8:1:2:3:4:5:6|2001:db8:1:2",
        "2001:db8::5|2001:db8"
      })
  void aNetworkIsWhatOneSubscriberHas(String pair) {
    String[] parts = pair.split("\\|");
    assertThat(IntakeFeature.network(parts[0])).isEqualTo(parts[1]);
  }
}

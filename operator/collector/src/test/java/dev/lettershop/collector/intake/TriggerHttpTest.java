package dev.lettershop.collector.intake;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.collector.Http;
import dev.lettershop.collector.Shop;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.TestDatabase;
import dev.lettershop.store.trigger.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a signed request to somebody who waits for a mail, in a real database. */
class TriggerHttpTest {
  private static final byte[] KEY = "a key of 24 or more bytes".getBytes(StandardCharsets.UTF_8);
  private static final String PATH = "/v1/triggers/marketing/order-confirmation";

  private static TestDatabase database;
  private static TestCollector collector;

  @BeforeAll
  static void start() throws Exception {
    database = new TestDatabase(Shop.SCHEMA);
    database
        .store()
        .triggers()
        .register("marketing", "order-confirmation", Trigger.Kind.Event, "order_completed");
    database
        .store()
        .triggers()
        .register("marketing", "viewed", Trigger.Kind.Event, "product_viewed");
    database.store().triggers().register("marketing", "joined", Trigger.Kind.Segment, "members");
    collector =
        TestCollector.of(
            new TriggerFeature(
                "marketing",
                List.of(
                    new SignedSource("other", () -> "", Set.of()),
                    new SignedSource(
                        "shop",
                        () -> "whsec_" + Base64.getEncoder().encodeToString(KEY),
                        Set.of("order_completed"))),
                database.store().triggers(),
                IntakeStorage.of(database.store().intake()),
                new SimpleMeterRegistry(),
                Clock.systemUTC()),
            Shop.mapping(database.store()));
  }

  @AfterAll
  static void stop() {
    collector.close();
    database.close();
  }

  private static String signature(String id, String timestamp, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    String signed = id + "." + timestamp + "." + body;
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static HttpResponse<String> post(String path, String id, String body) throws Exception {
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    return Http.post(
        collector.uri(path),
        body,
        "webhook-id",
        id,
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        signature(id, timestamp, body));
  }

  private static List<String> once(String sql) throws Exception {
    await()
        .atMost(60, SECONDS)
        .until(() -> database.query("select count(*) from intake").equals(List.of("0")));
    return database.query(sql);
  }

  @Test
  void aGuestsOrderIsStoredWithThePersonAndWaitsForItsMail() throws Exception {
    String body =
        """
        {"userId": "guest-1", "traits": {"email": "ada@example.com", "first_name": "Ada"},
         "properties": {"order_id": "A-1", "total": 42.50}}
        """;

    HttpResponse<String> answer = post(PATH, "msg_guest", body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(
            once(
                """
                select p.email, p.first_name, e.event_id, e.properties from trigger_entry e
                join profile p on p.id = e.profile_id where p.email = 'ada@example.com'
                """))
        .containsExactly("ada@example.com Ada msg_guest {\"total\": 42.5, \"order_id\": \"A-1\"}");
  }

  @Test
  void theSameMessageFiveTimesWithOtherTimesWaitsOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      String body =
          "{\"userId\": 7, \"timestamp\": \"%s\", \"properties\": {\"order_id\": \"B\"}}"
              .formatted(Instant.now().minusSeconds(60L * i));
      assertThat(post(PATH, "msg_five", body).statusCode()).isEqualTo(202);
    }

    assertThat(once("select count(*) from trigger_entry where event_id = 'msg_five'"))
        .containsExactly("1");
  }

  @Test
  void whoeverCannotSignLearnsNothing() throws Exception {
    String body = "{\"userId\": \"forged\"}";
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    for (String path : List.of(PATH, "/v1/triggers/marketing/nothing")) {
      HttpResponse<String> forged =
          Http.post(
              collector.uri(path),
              body,
              "webhook-id",
              "msg_forged",
              "webhook-timestamp",
              timestamp,
              "webhook-signature",
              signature("msg_other", timestamp, body));
      HttpResponse<String> unsigned = Http.post(collector.uri(path), body);

      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(unsigned.statusCode()).isEqualTo(401);
      assertThat(forged.body()).isEqualTo("the signature is wrong\n");
    }
    assertThat(once("select count(*) from event where id like 'msg_forged%'")).containsExactly("0");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/triggers/marketing/nothing, 404, there is no campaign",
    "/v1/triggers/marketing/joined, 404, there is no campaign",
    "/v1/triggers/elsewhere/order-confirmation, 404, there is no campaign",
    "/v1/triggers/marketing/viewed, 403, the source shop may not send product_viewed"
  })
  void aCampaignHasToBeTriggeredByAnEventThatTheSourceMaySend(
      String path, int status, String message) throws Exception {
    HttpResponse<String> answer = post(path, "msg_no", "{\"userId\": \"1\"}");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"userId\": | the body is not valid JSON",
        "[] | the body is not a JSON object",
        "{} | userId is missing",
        "{\"userId\": {}} | userId is missing",
        "{\"userId\": 1.5} | userId is missing",
        "{\"userId\": \"1\", \"event\": \"x\"} | the body may only have userId",
        "{\"userId\": \"1\", \"properties\": []} | properties is not a JSON object",
        "{\"userId\": \"1\", \"traits\": null} | traits is not a JSON object",
        "{\"userId\": \"1\", \"timestamp\": \"yesterday\"} | timestamp is not in RFC 3339",
        "{\"userId\": \"1\"} {} | the body is not valid JSON"
      })
  void aBodyThatNobodyCanUseIsRefusedForGood(String body, String message) throws Exception {
    HttpResponse<String> answer = post(PATH, "msg_bad", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith(message);
  }

  @Test
  void aBodyThatIsTooLargeOrTooDeepIsRefused() throws Exception {
    String large = "{\"userId\": \"1\", \"properties\": {\"x\": \"" + "y".repeat(40_000) + "\"}}";
    String deep = "{\"userId\":\"1\",\"properties\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41);

    assertThat(post(PATH, "msg_large", large).statusCode()).isEqualTo(413);
    assertThat(post(PATH, "msg_huge", large + " ".repeat(40_000)).statusCode()).isEqualTo(413);
    assertThat(post(PATH, "msg_deep", deep).statusCode()).isEqualTo(400);
  }

  @Test
  void aSourceWithoutItsKeyIsNotReady() {
    assertThat(collector.collector().notReady()).contains("no signing key for other");
  }
}

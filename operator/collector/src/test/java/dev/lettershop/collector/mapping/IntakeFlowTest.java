package dev.lettershop.collector.mapping;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.collector.Http;
import dev.lettershop.collector.Shop;
import dev.lettershop.collector.TestCollector;
import dev.lettershop.collector.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the request to the typed rows, in a real database. */
class IntakeFlowTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final AtomicInteger MESSAGES = new AtomicInteger();

  private TestDatabase database;
  private TestCollector collector;

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase(Shop.SCHEMA);
    start(List.of());
  }

  private void start(List<FieldMapping> mapping) {
    collector =
        TestCollector.of(Shop.intake(database.store()), Shop.mapping(database.store(), mapping));
  }

  @AfterEach
  void stop() {
    collector.close();
    database.close();
  }

  private void send(String key, String... calls) throws Exception {
    String body = "{\"batch\":[" + String.join(",", calls) + "]}";
    assertThat(
            Http.post(collector.uri("/v1/batch"), body, "authorization", Http.basic(key))
                .statusCode())
        .isEqualTo(200);
  }

  private static String call(String type, String fields) {
    return "{\"type\":\"%s\",\"messageId\":\"m%d\",%s}"
        .formatted(type, MESSAGES.incrementAndGet(), fields);
  }

  private void settled() {
    await()
        .atMost(60, SECONDS)
        .until(() -> database.query("select count(*) from intake").equals(List.of("0")));
  }

  private List<String> rows(String sql) throws Exception {
    settled();
    return database.query(sql);
  }

  private List<String> quarantine() throws Exception {
    return rows("select field || ' ' || reason from quarantine order by id");
  }

  private List<String> events() throws Exception {
    return rows(
        """
        select e.name, string_agg(i.value, ',' order by i.value) from event e
        join identity i using (profile_id) group by e.profile_id, e.name, e.occurred_at, e.id
        order by 1, 2
        """);
  }

  @Test
  void eventsAreTypedAsTheStoreDeclaresThem() throws Exception {
    send(
        Shop.SERVER_KEY,
        call(
            "track",
            "\"event\":\"Product Viewed\",\"userId\":42,\"timestamp\":\"2026-11-30T11:00:00.123456+01:00\","
                + "\"properties\":{\"productId\":\"p1\",\"price\":\"9.50\",\"other\":1},\"anonymousId\":null"));

    assertThat(
            rows(
                """
                select name, occurred_at at time zone 'UTC', properties, i.kind, i.value
                from event join identity i using (profile_id)
                """))
        .containsExactly(
            "product_viewed 2026-11-30 10:00:00.123456 {\"price\": 9.5, \"product_id\": \"p1\"}"
                + " customer_id 42");
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void aRetryIsNotASecondEventAlsoWhenItIsCorrectedOtherwise() throws Exception {
    String event =
        call(
            "track",
            "\"event\":\"product_viewed\",\"userId\":\"42\",\"originalTimestamp\":\""
                + now.minusSeconds(7200)
                + "\",\"sentAt\":\"%s\"");

    send(Shop.SERVER_KEY, event.formatted(now.minusSeconds(3600)));
    settled();
    send(Shop.SERVER_KEY, event.formatted(now.minusSeconds(3601)));
    send(Shop.SERVER_KEY, event.formatted(now), event.formatted(now));

    assertThat(events()).containsExactly("product_viewed 42");
  }

  @Test
  void whatAVisitorDidBecomesTheUsersAndASharedDeviceStaysApart() throws Exception {
    send(Shop.BROWSER_KEY, call("track", "\"event\":\"product_viewed\",\"anonymousId\":\"a1\""));
    settled();
    send(Shop.BROWSER_KEY, call("identify", "\"userId\":\"42\",\"anonymousId\":\"a1\""));
    settled();
    send(Shop.BROWSER_KEY, call("identify", "\"userId\":\"43\",\"anonymousId\":\"a1\""));
    send(Shop.BROWSER_KEY, call("page", "\"userId\":\"43\",\"anonymousId\":\"a1\""));

    assertThat(events()).containsExactly("page_viewed 43", "product_viewed 42,a1");
  }

  @Test
  void aServerSaysWhoPeopleAreAndWhatTheyConsentTo() throws Exception {
    send(
        Shop.SERVER_KEY,
        call(
            "identify",
            "\"userId\":\"42\",\"traits\":{\"email\":\" Ada@Example.com \",\"firstName\":\"ada\"},"
                + "\"context\":{\"consent\":{\"categoryPreferences\":{\"newsletter\":true,"
                + "\"offers\":false,\"unknown\":true}}}"));

    assertThat(rows("select email_key, first_name from profile"))
        .containsExactly("ada@example.com Ada");
    assertThat(
            rows(
                "select topic, status, source from consent_state join consent using (profile_id, topic, status) order by 1"))
        .containsExactly("newsletter Granted shop", "offers Withdrawn shop");
  }

  @Test
  void aBrowserChangesNobody() throws Exception {
    String says =
        "\"userId\":\"42\",\"anonymousId\":\"a9\",\"traits\":{\"email\":\"mallory@example.com\","
            + "\"plan\":\"gold\"},\"context\":{\"consent\":{\"categoryPreferences\":{\"newsletter\":true}}%s}";
    send(Shop.BROWSER_KEY, call("identify", says.formatted("")));
    send(Shop.BROWSER_KEY, call("identify", says.formatted(",\"userHash\":\"00ff\"")));
    send(Shop.BROWSER_KEY, call("identify", says.formatted(",\"userHash\":\"no\"")));

    assertThat(rows("select email, plan from profile")).containsExactly("null null");
    assertThat(rows("select count(*) from consent")).containsExactly("0");
    assertThat(rows("select kind, value from identity order by 1"))
        .containsExactly("anonymous a9", "customer_id 42");
  }

  @Test
  void aBrowserIsBelievedWhatTheShopsServerVouchesFor() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Shop.USER_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String hash = HexFormat.of().formatHex(mac.doFinal("42".getBytes(StandardCharsets.UTF_8)));
    String says =
        "\"userId\":\"%s\",\"traits\":{\"plan\":\"gold\"},\"context\":{\"userHash\":\""
            + hash
            + "\"}";

    send(Shop.BROWSER_KEY, call("identify", says.formatted("42")));
    send(Shop.BROWSER_KEY, call("identify", says.formatted("43")));

    assertThat(rows("select plan from profile")).containsExactly("gold");
  }

  @Test
  void aSourceSendsOnlyTheEventsThatItMay() throws Exception {
    send(
        Shop.BROWSER_KEY,
        call("track", "\"event\":\"Order Completed\",\"userId\":\"42\""),
        call("track", "\"event\":\"Cart Eaten\",\"userId\":\"42\""),
        call("page", "\"userId\":\"42\""));

    assertThat(events()).containsExactly("page_viewed 42");
    assertThat(quarantine())
        .hasSize(2)
        .contains("name is an event that this source may not send")
        .anyMatch(reason -> reason.startsWith("name is ") && reason.contains("declared event"));
  }

  @Test
  void poisonedCallsCostTheBatchNothing() throws Exception {
    String bad = "\"event\":\"product_viewed\",\"userId\":\"42\",\"properties\":{\"price\":%s}";
    send(
        Shop.SERVER_KEY,
        call(
            "track", "\"event\":\"product_viewed\",\"userId\":\"ok\",\"properties\":{\"price\":1}"),
        call("track", bad.formatted("1e400000")),
        call(
            "track",
            "\"event\":\"product_viewed\",\"userId\":\"42\",\"timestamp\":\"+300000-01-01T00:00:00Z\""),
        call("track", "\"event\":\"product_viewed\",\"userId\":\"42\",\"timestamp\":\"yesterday\""),
        call("track", "\"event\":\"product_viewed\",\"userId\":\"n\\u0000ul\""),
        call(
            "track",
            "\"event\":\"product_viewed\",\"userId\":\"half\\ud800\",\"properties\":{\"productId\":\"\\ud800\"}"),
        call("track", "\"event\":\"product_viewed\""),
        call("teleport", "\"userId\":\"42\""),
        "{\"type\":\"track\",\"messageId\":\"" + "m".repeat(201) + "\",\"userId\":\"42\"}",
        call("track", "\"event\":\"product_viewed\",\"userId\":\"" + "u".repeat(1001) + "\""),
        call(
            "track",
            "\"event\":\"product_viewed\",\"userId\":\"42\",\"timestamp\":\"2001-01-01T00:00:00Z\""));

    assertThat(
            rows(
                "select count(*) from event e join identity i using (profile_id) where i.value = 'ok'"))
        .containsExactly("1");
    assertThat(rows("select reason from quarantine where raw is null")).isEmpty();
    assertThat(quarantine())
        .contains(
            "timestamp is not a time in ISO 8601 with an offset",
            "userId is missing, and so is anonymousId",
            "type is missing or not one of track, identify, page, screen, group and alias",
            "messageId is longer than 200 characters",
            "userId is longer than 1000 characters",
            "timestamp is older than the store keeps events");
    assertThat(events())
        .containsExactlyInAnyOrder(
            "product_viewed 42",
            "product_viewed half\ufffd",
            "product_viewed n\ufffdul",
            "product_viewed ok");
  }

  @Test
  void timesAheadOfOursAreOursAndWrongClocksAreCorrected() throws Exception {
    String at =
        "\"event\":\"product_viewed\",\"userId\":\"%s\",\"timestamp\":\"%s\",\"sentAt\":\"%s\"";
    send(
        Shop.SERVER_KEY,
        call("track", at.formatted("slow", now.minusSeconds(86_410), now.minusSeconds(86_400))),
        call("track", at.formatted("right", now.minusSeconds(30), now.minusSeconds(20))),
        call("track", at.formatted("ahead", now.plusSeconds(900), now)));

    String offset =
        "select round(extract(epoch from occurred_at) - %s.%03d)::int, i.value from event join identity i using (profile_id) order by 2"
            .formatted(now.getEpochSecond(), now.getNano() / 1_000_000);
    List<String> rows = rows(offset);
    assertThat(rows.get(1)).isEqualTo("-30 right");
    assertThat(Integer.parseInt(rows.get(0).split(" ")[0])).isBetween(0, 200);
    assertThat(Integer.parseInt(rows.get(2).split(" ")[0])).isBetween(-10, 200);
  }

  @Test
  void mappingsReadTheCallAsItCame() throws Exception {
    collector.close();
    start(
        List.of(
            new FieldMapping("name", "record.event == 'Viewed!' ? 'product_viewed' : record.name"),
            new FieldMapping(
                "product_id", "record.properties.sku + '/' + record.context.app.name")));
    String body =
        "{\"batch\":["
            + call(
                "track", "\"event\":\"Viewed!\",\"userId\":\"42\",\"properties\":{\"sku\":\"s1\"}")
            + "],\"context\":{\"app\":{\"name\":\"ios\"}}}";

    assertThat(
            Http.post(
                    collector.uri("/v1/batch"), body, "authorization", Http.basic(Shop.SERVER_KEY))
                .statusCode())
        .isEqualTo(200);

    assertThat(rows("select properties ->> 'product_id' from event")).containsExactly("s1/ios");
    assertThat(quarantine()).isEmpty();
  }

  @Test
  void whatTheDatabaseDoesNotTakeIsFoundAndSetAside() throws Exception {
    database.execute("alter table event add constraint picky check (id <> 'bad')");
    String event =
        "{\"type\":\"track\",\"event\":\"product_viewed\",\"userId\":\"%1$s\",\"messageId\":\"%1$s\"}";
    send(
        Shop.SERVER_KEY,
        event.formatted("good1"),
        event.formatted("bad"),
        event.formatted("good2"),
        event.formatted("good3"));

    assertThat(events())
        .containsExactly("product_viewed good1", "product_viewed good2", "product_viewed good3");
    assertThat(rows("select position, reason from quarantine"))
        .containsExactly("bad cannot be stored by the database");
  }
}

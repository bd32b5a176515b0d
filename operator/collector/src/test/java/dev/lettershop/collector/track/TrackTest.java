package dev.lettershop.collector.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.collector.TestDatabase;
import dev.lettershop.collector.TestSpool;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.encryption.Vault;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers of forged tokens and of visits that are promised have the tag "soak". */
class TrackTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static TestDatabase database;
  private static Store web;
  private static TestTracking tracking;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    database = new TestDatabase(ProfileSchema.of(List.of(), List.of()));
    for (String rows : TestTracking.ROWS) {
      database.execute(rows);
    }
    web = Store.openForCollector(database.settings("postgres", null), Vault.NONE);
    tracking = new TestTracking(web.hits(), TestSpool.make(), folder);
  }

  @AfterAll
  static void close() {
    tracking.close();
    web.close();
    database.close();
  }

  @BeforeEach
  void clear() throws Exception {
    database.execute("truncate hit");
  }

  private static List<String> hits() throws Exception {
    return database.query(
        "select kind, profile_id, number, method, prefetch, network, referer, agent from hit"
            + " order by at");
  }

  @Test
  void aClickLeadsToThePageAndIsInTheDatabaseBefore() throws Exception {
    HttpResponse<String> answer =
        tracking.send(
            "GET",
            TestTracking.click(TestTracking.ADA, 0) + "?to=https://phish.example/",
            "user-agent",
            "Mail\tProgram",
            "referer",
            "https://mail.example.com/inbox?user=ada");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location"))
        .contains("https://shop.example/sale?a=1&b=2");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    assertThat(hits())
        .containsExactly(
            "Click 1001 0 GET false 127.0.0.0/24 https://mail.example.com Mail Program");
  }

  @Test
  void valuesInALinkComeBackInTheAddress() throws Exception {
    assertThat(
            tracking
                .send("GET", TestTracking.click(TestTracking.ADA, 1, "size-42%2F"))
                .headers()
                .firstValue("location"))
        .contains("https://shop.example/p/size-42%2F?x=1");
  }

  @Test
  void headIsToldApartAndOptionsRecordsNothing() throws Exception {
    String path = TestTracking.click(TestTracking.ADA, 0);

    assertThat(tracking.send("HEAD", path).statusCode()).isEqualTo(302);
    assertThat(tracking.send("OPTIONS", path).statusCode()).isEqualTo(204);
    assertThat(tracking.send("POST", path).statusCode()).isEqualTo(405);
    assertThat(tracking.send("GET", path, "sec-purpose", "prefetch;prerender").statusCode())
        .isEqualTo(302);

    assertThat(hits()).hasSize(2);
    assertThat(hits().get(0)).startsWith("Click 1001 0 HEAD false");
    assertThat(hits().get(1)).startsWith("Click 1001 0 GET true");
  }

  @Test
  void anOpenGetsAnImageAndNamesWhoConsents() throws Exception {
    for (long profile : new long[] {TestTracking.ADA, TestTracking.BEA, 0}) {
      HttpResponse<String> answer = tracking.send("GET", TestTracking.open(profile));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-type")).contains("image/gif");
      assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
      assertThat(answer.body()).startsWith("GIF89a");
    }

    assertThat(database.query("select profile_id, network from hit order by profile_id"))
        .containsExactly("0 null", "0 null", "1001 127.0.0.0/24");
  }

  @Test
  void aLinkThatTheRunDoesNotHaveLeadsNowhere() throws Exception {
    assertThat(tracking.send("GET", TestTracking.click(TestTracking.ADA, 2)).statusCode())
        .isEqualTo(404);
    assertThat(tracking.send("GET", TestTracking.click(TestTracking.ADA, 0, "x")).statusCode())
        .as("more values than the address takes")
        .isEqualTo(404);
    String otherRun =
        TestTracking.path(TestTracking.LINKS.click(1, 1001, 0, List.of()).orElseThrow());
    assertThat(tracking.send("GET", otherRun).statusCode()).isEqualTo(404);
    assertThat(hits()).isEmpty();
  }

  @Test
  void forgedTokensLeadNowhere() throws Exception {
    forge(600);
  }

  @Test
  @Tag("soak")
  void tenThousandForgedTokensLeadNowhere() throws Exception {
    forge(10_000);
  }

  private void forge(int tokens) throws Exception {
    Random chance = new Random(20261130);
    List<String> genuine =
        List.of(
            TestTracking.click(TestTracking.ADA, 0),
            TestTracking.click(TestTracking.ADA, 1, "size-42"),
            TestTracking.open(TestTracking.ADA));
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      StringBuilder path = new StringBuilder(genuine.get(i % 3));
      for (int changes = 1 + chance.nextInt(3); changes > 0; changes--) {
        path.setCharAt(3 + chance.nextInt(path.length() - 3), ALPHABET.charAt(chance.nextInt(64)));
      }
      if (i % 5 == 0) {
        path.replace(1, 2, i % 2 == 0 ? "c" : "o");
      }
      String forged = path.toString();
      if (!genuine.contains(forged)) {
        HttpResponse<String> answer = tracking.send("GET", forged);
        if (answer.statusCode() != 404 || answer.headers().firstValue("location").isPresent()) {
          accepted.add(forged);
        }
      }
    }

    assertThat(accepted).isEmpty();
    assertThat(hits()).isEmpty();
    assertThat(tracking.send("GET", genuine.get(0)).statusCode()).isEqualTo(302);
  }

  @Test
  void aFloodIsAnsweredAndNotRecorded() throws Exception {
    String path = TestTracking.click(TestTracking.BEA, 0);
    double before = tracking.hits("Flooded");
    int answered = 0;
    do {
      assertThat(tracking.send("GET", path).statusCode()).isEqualTo(302);
      answered++;
    } while (tracking.hits("Flooded") == before && answered < 100_000);

    assertThat(hits()).hasSize(answered - 1);
  }

  /** All rows of all tables but the hits, and where all sequences are. */
  private static TreeMap<String, String> everythingElse() throws Exception {
    TreeMap<String, String> all = new TreeMap<>();
    for (String table :
        database.query(
            "select tablename from pg_tables where schemaname = 'lettershop'"
                + " and tablename !~ '^hit'")) {
      all.put(
          table,
          database
              .query("select md5(string_agg(t::text, '|' order by t::text)) from " + table + " t")
              .get(0));
    }
    all.put(
        "sequences",
        database
            .query(
                "select string_agg(sequencename || last_value, ' ' order by 1) from pg_sequences")
            .toString());
    return all;
  }

  @Test
  void visitsOfEveryLinkChangeNothingButHits() throws Exception {
    visit(42);
  }

  @Test
  @Tag("soak")
  void aThousandVisitsOfEveryLinkChangeNothingButHits() throws Exception {
    visit(1000);
  }

  private void visit(int times) throws Exception {
    TreeMap<String, String> before = everythingElse();
    int recorded = 0;
    for (int i = 0; i < times; i++) {
      String method = List.of("GET", "HEAD", "OPTIONS").get(i % 3);
      // Of many people, so that it is not a flood.
      for (String path : List.of(TestTracking.click(i, 0), TestTracking.open(i))) {
        assertThat(tracking.send(method, path).statusCode()).isIn(200, 204, 302);
        recorded += method.equals("OPTIONS") ? 0 : 1;
      }
    }

    assertThat(before).hasSizeGreaterThan(20);
    assertThat(everythingElse()).isEqualTo(before);
    assertThat(database.query("select count(*) from hit")).containsExactly("" + recorded);
  }

  @Test
  void theNetworkOfAClientIsWhatIsKept() {
    assertThat(ClientNetwork.of("203.0.113.77")).isEqualTo("203.0.113.0/24");
    assertThat(ClientNetwork.of("2001:db8:1:2:3::4")).isEqualTo("2001:db8:1::/48");
    assertThat(ClientNetwork.of("unknown")).isNull();
  }
}

package dev.lettershop.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.source.sync.ProgressListener;
import dev.lettershop.source.sync.SourceUnavailableException;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class HttpSourceTest {
  private static final Map<String, String> SECRETS =
      Map.of(
          "api/token", "s3cret",
          "api/username", "ada",
          "api/password", "pass:word",
          "api/clientId", "id",
          "api/clientSecret", "s/ecret");
  private static final String CURSOR =
      "paging: {type: Cursor, parameter: cursor, cursorPath: /meta/next}\n";
  private static final String SINCE = "watermarkPath: /updated_at\nsinceParameter: since\n";

  private final CustomerApi api = new CustomerApi(35);
  private TestDatabase database;

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase();
    database.store().migrate(Samples.SCHEMA);
  }

  @AfterEach
  void close() {
    api.close();
    database.close();
  }

  private PulledSource customers(String more) {
    return customers(api.url("/customers"), "allowPrivateAddresses: true\n" + more);
  }

  private static PulledSource customers(String url, String more) {
    return PulledSource.of(
        """
        identity: {key: customer_id, alsoMatch: [email]}
        http:
          url: %s
          itemsPath: /data/items
          requestsPerSecond: 1000
        %s
        """
            .formatted(url, more.indent(2)),
        SECRETS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: PageNumber, parameter: page}",
        "{type: PageNumber, parameter: page, sizeParameter: per_page, size: 10}",
        "{type: Offset, parameter: offset, size: 10}",
        "{type: Cursor, parameter: cursor, cursorPath: /meta/next}",
        "{type: LinkHeader}"
      })
  void reads_every_page_however_pages_are_asked_for(String paging) throws Exception {
    SyncResult result = customers("paging: " + paging).sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(result.records()).isEqualTo(35);
    assertThat(result.counts().created()).isEqualTo(35);
  }

  @Test
  void asks_for_what_is_newer_than_the_watermark() throws Exception {
    PulledSource source = customers(CURSOR + SINCE);
    SyncResult first = source.sync(database.store());
    api.requests.clear();
    SyncResult second = source.sync(database.store());
    api.add(99, Instant.parse("2026-11-02T00:00:00Z"));
    SyncResult third = source.sync(database.store());

    assertThat(first.records()).isEqualTo(35);
    assertThat(first.reached().watermark()).isEqualTo("2026-11-01T00:00:35Z");
    assertThat(api.requests.get(0)).isEqualTo("/customers?since=2026-11-01T00%3A00%3A35Z");
    assertThat(second.counts().created()).isZero();
    assertThat(third.counts().created()).isEqualTo(1);
  }

  @Test
  void goes_on_with_the_page_behind_the_last_one_that_is_stored() throws Exception {
    PulledSource source = customers(CURSOR + SINCE);
    api.fault =
        exchange ->
            exchange.getRequestURI().toString().contains("cursor=c20")
                && CustomerApi.send(exchange, 404, "{}");
    SyncResult cut = source.sync(database.store(), 10, ProgressListener.SILENT);
    api.fault = exchange -> false;
    api.requests.clear();

    SyncResult rest = source.sync(database.store(), 10, ProgressListener.SILENT);

    assertThat(cut.problems().get(0).toString()).contains("answers 404 to page 3");
    assertThat(api.requests.get(0)).contains("cursor=c20");
    assertThat(rest.records()).isEqualTo(15);
    assertThat(database.query("select count(*) from profile")).containsExactly("35");
  }

  @Test
  void begins_again_when_the_server_has_forgotten_the_cursor() throws Exception {
    PulledSource source = customers(CURSOR + SINCE);
    api.fault =
        exchange ->
            exchange.getRequestURI().toString().contains("cursor=c20")
                && CustomerApi.send(exchange, 410, "{}");
    source.sync(database.store(), 10, ProgressListener.SILENT);
    AtomicInteger asked = new AtomicInteger();
    api.fault =
        exchange ->
            exchange.getRequestURI().toString().contains("cursor=c20")
                && asked.getAndIncrement() == 0
                && CustomerApi.send(exchange, 410, "{}");

    SyncResult rest = source.sync(database.store(), 10, ProgressListener.SILENT);

    assertThat(rest.problems()).isEmpty();
    assertThat(database.query("select count(*) from profile")).containsExactly("35");
  }

  @Test
  void waits_as_long_as_the_server_asks_and_tries_again() throws Exception {
    AtomicInteger count = new AtomicInteger();
    api.fault =
        exchange ->
            switch (count.getAndIncrement()) {
              case 0 -> CustomerApi.send(exchange, 429, "", "Retry-After", "2");
              case 1 ->
                  CustomerApi.send(
                      exchange,
                      503,
                      "",
                      "Retry-After",
                      java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                          java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC).plusSeconds(30)));
              case 2 -> CustomerApi.send(exchange, 502, "");
              case 3 -> {
                exchange.close();
                yield true;
              }
              default -> false;
            };
    PulledSource source = customers(CURSOR);

    SyncResult result = source.sync(database.store());

    assertThat(result.counts().created()).isEqualTo(35);
    assertThat(source.pauses).contains(Duration.ofSeconds(2));
    assertThat(source.pauses)
        .anyMatch(
            pause ->
                pause.compareTo(Duration.ofSeconds(20)) > 0
                    && pause.compareTo(Duration.ofSeconds(31)) < 0);
    assertThat(source.pauses).contains(Duration.ofMillis(80));
  }

  @Test
  void gives_up_in_the_end_and_keeps_what_was_stored() {
    api.fault =
        exchange ->
            exchange.getRequestURI().toString().contains("cursor=c20")
                && CustomerApi.send(exchange, 500, "");
    PulledSource source = customers(CURSOR + SINCE);

    assertThatThrownBy(() -> source.sync(database.store(), 10, ProgressListener.SILENT))
        .isInstanceOf(SourceUnavailableException.class)
        .hasMessageContaining("the server answers 500")
        .hasMessageContaining("tried 6 times");
    assertThat(catching("select count(*) from profile")).isEqualTo("20");
  }

  private String catching(String sql) {
    try {
      return database.query(sql).get(0);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sends_what_the_authorisation_needs() throws Exception {
    api.authorization = "Bearer s3cret";
    SyncResult bearer =
        customers(CURSOR + "auth: {type: Bearer, credentialsSecretRef: {name: api}}")
            .sync(database.store());
    api.authorization = "Basic YWRhOnBhc3M6d29yZA==";
    SyncResult basic =
        customers(CURSOR + "auth: {type: Basic, credentialsSecretRef: {name: api}}")
            .sync(database.store());
    SyncResult none = customers(CURSOR).sync(database.store());

    assertThat(bearer.records()).isEqualTo(35);
    assertThat(basic.records()).isEqualTo(35);
    assertThat(none.problems().get(0).toString()).contains("spec.http.auth").contains("401");
  }

  @Test
  void has_a_new_token_when_the_old_one_is_no_longer_taken() throws Exception {
    AtomicInteger pages = new AtomicInteger();
    api.authorization = "none yet";
    api.fault =
        exchange -> {
          if (pages.incrementAndGet() == 4) {
            api.authorization = "ended";
          }
          return false;
        };
    String auth =
        "auth: {type: OAuth2ClientCredentials, credentialsSecretRef: {name: api}, tokenUrl: '"
            + api.url("/token")
            + "', scopes: [customers.read]}";

    SyncResult result = customers(CURSOR + auth).sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(result.records()).isEqualTo(35);
    assertThat(api.tokens).hasValue(2);
  }

  @Test
  void follows_redirects_on_the_host_and_none_to_another() throws Exception {
    api.fault =
        exchange ->
            exchange.getRequestURI().getPath().equals("/old")
                && CustomerApi.send(
                    exchange,
                    302,
                    "",
                    "Location",
                    "/customers?" + exchange.getRequestURI().getQuery());
    SyncResult same =
        customers(
                api.url("/old?a=b"),
                "allowPrivateAddresses: true\npaging: {type: PageNumber, parameter: page}")
            .sync(database.store());
    api.fault =
        exchange -> CustomerApi.send(exchange, 302, "", "Location", "http://127.0.0.1:1/customers");
    SyncResult other = customers(CURSOR).sync(database.store());

    assertThat(same.records()).isEqualTo(35);
    assertThat(other.problems().get(0).toString()).contains("redirects to another host");
  }

  @Test
  void does_not_follow_a_link_to_another_host() throws Exception {
    api.fault =
        exchange ->
            CustomerApi.send(
                exchange,
                200,
                "{\"data\": {\"items\": []}}",
                "Link",
                "<http://169.254.169.254/latest>; rel=next");

    SyncResult result = customers("paging: {type: LinkHeader}").sync(database.store());

    assertThat(result.problems().get(0).toString()).contains("leads to another host");
  }

  @Test
  void refuses_addresses_inside_unless_they_are_allowed() throws Exception {
    SyncResult byName = customers(api.url("/customers"), CURSOR).sync(database.store());
    SyncResult metadata = customers("http://169.254.169.254/latest", CURSOR).sync(database.store());

    assertThat(byName.problems().get(0).toString())
        .contains("private, loopback or link-local")
        .contains("allowPrivateAddresses");
    assertThat(metadata.problems().get(0).toString()).contains("private, loopback or link-local");
    assertThat(api.requests).isEmpty();
  }

  @Test
  void takes_no_answer_that_is_larger_than_allowed() throws Exception {
    api.fault = exchange -> CustomerApi.send(exchange, 200, "[\"" + "x".repeat(1_100_000) + "\"]");

    SyncResult result = customers("maxResponseMebibytes: 1").sync(database.store());

    assertThat(result.problems().get(0).toString()).contains("larger than allowed");
  }

  @Test
  void keeps_what_was_answered_out_of_messages() throws Exception {
    api.fault = exchange -> CustomerApi.send(exchange, 200, "ada@example.com {");
    SyncResult noJson = customers("").sync(database.store());
    api.fault = exchange -> CustomerApi.send(exchange, 200, "{\"data\": \"ada@example.com\"}");
    SyncResult noItems = customers("").sync(database.store());

    assertThat(noJson.problems().get(0).toString()).contains("not JSON").doesNotContain("ada@");
    assertThat(noItems.problems().get(0).toString())
        .contains("spec.http.itemsPath")
        .doesNotContain("ada@");
  }
}

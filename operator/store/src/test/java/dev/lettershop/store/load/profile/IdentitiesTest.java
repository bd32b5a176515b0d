package dev.lettershop.store.load.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.profile.Identities.Identity;
import dev.lettershop.store.person.Conflict;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

  private static final ProfileSchema SCHEMA =
      ProfileSchema.of(List.of(new Attribute("city", AttributeType.String, false)), List.of());
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");

  private static Store store;
  private static StoreTables tables;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    tables = new StoreTables(settings);
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    store.close();
  }

  @BeforeEach
  void empty() {
    tables.clear();
  }

  private static LoadCounts load(String source, int precedence, LoadedProfile... rows) {
    try (ProfileLoad load =
        store.loadProfiles(
            source, SCHEMA, "customer_id", List.of("email"), precedence, Continuation.FromStart)) {
      for (LoadedProfile row : rows) {
        load.add(row);
      }
      return load.commit();
    }
  }

  private static LoadedProfile row(String key, Instant asOf, String city) {
    return new LoadedProfile(
        "t", key, asOf, Map.of("email", "ada@example.com", "city", city), Map.of());
  }

  @Test
  void theSourceWithTheHigherPrecedenceCountsWhicheverIsLater() {
    load("crm", 200, row("1", EARLY, "Oslo"));
    load("shop", 100, row("1", EARLY.plusSeconds(60), "Rome"));

    assertThat(tables.text("select city from profile")).isEqualTo("Oslo");
  }

  @Test
  void ofEqualSourcesTheLaterRecordCounts() {
    load("shop", 100, row("1", EARLY.plusSeconds(60), "Rome"));
    load("crm", 100, row("1", EARLY, "Oslo"));

    assertThat(tables.text("select city from profile")).isEqualTo("Rome");
  }

  @Test
  void anOlderStateOfARecordDoesNotReplaceANewerOne() {
    load("crm", 100, row("1", EARLY.plusSeconds(60), "Rome"));

    LoadCounts counts = load("crm", 100, row("1", EARLY, "Oslo"));

    assertThat(counts.changed()).isZero();
    assertThat(tables.text("select city from profile")).isEqualTo("Rome");
  }

  @Test
  void whatRecordsSayDifferentlyIsKeptAndListed() {
    load("crm", 200, row("1", EARLY, "Oslo"));
    load("shop", 100, row("1", null, "Rome"));

    List<Conflict> conflicts = store.conflicts().list(SCHEMA, null, 10);

    assertThat(conflicts)
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.attribute()).isEqualTo("city");
              assertThat(conflict.voices())
                  .containsExactly(
                      new Conflict.Voice("crm", 200, EARLY, TextNode.valueOf("Oslo")),
                      new Conflict.Voice("shop", 100, null, TextNode.valueOf("Rome")));
            });
    assertThat(store.conflicts().list(SCHEMA, 99L, 10)).isEmpty();
  }

  @Test
  void whoWasTakenForOneBecomesTwoAndStaysTwo() {
    LoadedProfile one = row("1", null, "Oslo");
    LoadedProfile other = row("2", null, "Rome");
    load("crm", 100, one, other);
    assertThat(tables.count("select count(*) from profile")).isEqualTo(1);
    tables.execute(
        """
        insert into consent (profile_id, topic, occurred_at, status, source)
        values (1, 'news', now(), 'Granted', 'f'), (1, 'sale', now(), 'Withdrawn', 'f')
        """);

    long separated =
        store.identities().unmerge(SCHEMA, 1, Set.of(new Identity("customer_id", "2")), "user/eve");

    assertThat(tables.texts("select id || city from profile order by id"))
        .containsExactly("1Oslo", separated + "Rome");
    assertThat(tables.texts("select value || profile_id from identity order by 1"))
        .containsExactly("11", "2" + separated, "ada@example.com1");
    assertThat(tables.texts("select profile_id || topic from consent_state order by 1"))
        .as("a refusal is everybody's")
        .containsExactly(separated + "sale");
    assertThat(tables.text("select action || actor || (detail ->> 'separated') from audit"))
        .isEqualTo("profile.unmergeduser/eve" + separated);

    load("crm", 100, one, other);

    assertThat(tables.texts("select id || city from profile order by id"))
        .containsExactly("1Oslo", separated + "Rome");
  }

  @Test
  void nobodyIsSeparatedFromNothing() {
    load("crm", 100, row("1", null, "Oslo"));

    assertThatThrownBy(
            () ->
                store
                    .identities()
                    .unmerge(SCHEMA, 1, Set.of(new Identity("customer_id", "7")), "user/eve"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such identity of the kind customer_id");
    assertThatThrownBy(
            () ->
                store
                    .identities()
                    .unmerge(
                        SCHEMA,
                        1,
                        Set.of(
                            new Identity("customer_id", "1"),
                            new Identity("email", "ada@example.com")),
                        "user/eve"))
        .hasMessageContaining("some have to stay");
    assertThat(tables.count("select count(*) from profile")).isEqualTo(1);
  }
}

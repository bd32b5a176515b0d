package dev.lettershop.store.load.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitorLinkLoadTest {
  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

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

  private static void event(String kind, String who, String id) {
    try (EventLoad load = store.loadEvents("web", kind, Continuation.Onwards)) {
      load.add(new LoadedEvent("web:" + id, id, who, "viewed", NOW, Map.of()));
      load.commit();
    }
  }

  private static long link(String... pairs) {
    try (VisitorLinkLoad load = store.linkVisitors("web", "customer_id")) {
      for (int i = 0; i < pairs.length; i += 2) {
        load.add(new VisitorLink("web:" + i, pairs[i], pairs[i + 1]));
      }
      return load.commit();
    }
  }

  /** Whose an event is, by all values that the person is known by. */
  private static List<String> owners() {
    return tables.texts(
        """
        select e.id || ' ' || string_agg(i.value, ',' order by i.value)
        from event e join identity i using (profile_id) group by e.id order by e.id
        """);
  }

  @Test
  void whatAVisitorDidBecomesTheUsers() {
    event(VisitorLinkLoad.VISITOR, "a1", "e1");
    event("customer_id", "42", "e2");

    assertThat(link("42", "a1")).isEqualTo(1);
    event(VisitorLinkLoad.VISITOR, "a1", "e3");

    assertThat(owners()).containsExactly("e1 42,a1", "e2 42,a1", "e3 42,a1");
    assertThat(tables.count("select count(*) from profile")).isEqualTo(1);
    assertThat(tables.count("select count(*) from visitor")).isZero();
  }

  @Test
  void linkingAgainChangesNothing() {
    event(VisitorLinkLoad.VISITOR, "a1", "e1");
    link("42", "a1");

    assertThat(link("42", "a1")).isZero();
    assertThat(owners()).containsExactly("e1 42,a1");
  }

  @Test
  void aDeviceThatTwoUsersShareStaysTheFirstOnes() {
    event(VisitorLinkLoad.VISITOR, "shared", "e1");
    event("customer_id", "first", "e2");
    event("customer_id", "second", "e3");

    assertThat(link("first", "shared", "second", "shared")).isEqualTo(1);
    assertThat(link("second", "shared")).isZero();

    assertThat(owners()).containsExactly("e1 first,shared", "e2 first,shared", "e3 second");
  }

  @Test
  void aVisitorWhoIsKnownOtherwiseMeanwhileIsNotMerged() {
    event(VisitorLinkLoad.VISITOR, "a1", "e1");
    try (ProfileLoad load =
        store.loadProfiles("forms", SCHEMA, VisitorLinkLoad.VISITOR, List.of("email"))) {
      load.add(new LoadedProfile("f:1", "a1", Map.of("email", "ada@example.com"), Map.of()));
      load.commit();
    }

    assertThat(link("42", "a1")).isZero();
    assertThat(owners()).containsExactly("e1 a1,ada@example.com");
    assertThat(tables.count("select count(*) from profile")).isEqualTo(2);
  }

  @Test
  void anIdThatNobodyHasSeenBelongsToTheUserAtOnce() {
    assertThat(link("42", "new")).isZero();
    event(VisitorLinkLoad.VISITOR, "new", "e1");

    assertThat(owners()).containsExactly("e1 42,new");
    assertThat(tables.count("select count(*) from visitor")).isZero();
  }

  @Test
  void severalVisitorsOfOneUserBecomeOnePerson() {
    event(VisitorLinkLoad.VISITOR, "phone", "e1");
    event(VisitorLinkLoad.VISITOR, "laptop", "e2");

    assertThat(link("42", "phone", "42", "laptop")).isEqualTo(2);
    assertThat(owners()).containsExactly("e1 42,laptop,phone", "e2 42,laptop,phone");
  }

  @Test
  void aLinkToNobodyIsSetAside() {
    link("  ", "a1");

    assertThat(tables.text("select field || ' ' || reason from quarantine"))
        .isEqualTo("customer_id is missing or no valid value: the link belongs to nobody");
  }
}

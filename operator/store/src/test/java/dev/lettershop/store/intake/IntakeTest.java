package dev.lettershop.store.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.database.Turn;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.event.EventLoad;
import dev.lettershop.store.load.event.LoadedEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IntakeTest {
  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());
  private static final LocalDate TODAY = LocalDate.of(2026, 12, 2);
  private static final UUID ONE = new UUID(1, 1);
  private static final UUID TWO = new UUID(2, 2);

  private static Store store;
  private static StoreTables tables;
  private static Intake intake;

  @BeforeAll
  static void open() throws SQLException {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(SCHEMA);
    tables = new StoreTables(settings);
    intake = store.intake();
  }

  @AfterAll
  static void close() throws SQLException {
    tables.close();
    store.close();
  }

  @BeforeEach
  void empty() {
    tables.clear();
    intake.keepWeeks(TODAY);
  }

  private static IntakeChunk chunk(String source, int events, int content) {
    return new IntakeChunk(source, events, new byte[] {(byte) content});
  }

  @Test
  void chunksComeBackBySourceInTheOrderInWhichTheyCame() {
    intake.append(List.of(chunk("web", 3, 1), chunk("shop", 1, 2)));
    intake.append(List.of(chunk("web", 2, 3)));

    assertThat(intake.sources()).containsExactly("web", "shop");
    IntakeBatch batch = intake.next("web", 100, 1000);
    assertThat(batch.contents()).containsExactly(new byte[] {1}, new byte[] {3});
    assertThat(batch.events()).isEqualTo(5);
    assertThat(intake.backlog().events()).isEqualTo(6);
    assertThat(intake.backlog().oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
  }

  @Test
  void aBatchStopsAtItsLimitAndHoldsAtLeastOneChunk() {
    intake.append(List.of(chunk("web", 30, 1), chunk("web", 30, 2), chunk("web", 30, 3)));

    assertThat(intake.next("web", 70, 1000).ids()).hasSize(2);
    assertThat(intake.next("web", 10, 1000).ids()).hasSize(1);
    assertThat(intake.next("web", 100, 2).ids()).hasSize(2);
    assertThat(intake.next("web", 100, 0).ids()).hasSize(1);
    assertThat(intake.next("nobody", 10, 1000).isEmpty()).isTrue();
  }

  @Test
  void settlingGoesWithTheEventsOrNotAtAll() {
    intake.append(List.of(chunk("web", 1, 1)));
    IntakeBatch batch = intake.next("web", 10, 1000);

    try (EventLoad given = store.loadEvents("web", "customer_id", Continuation.Onwards)) {
      intake.settle(batch, Set.of(ONE), TODAY, given);
    }
    assertThat(intake.next("web", 10, 1000).ids()).isEqualTo(batch.ids());
    assertThat(intake.seen(Set.of(ONE))).isEmpty();

    try (EventLoad load = store.loadEvents("web", "customer_id", Continuation.Onwards)) {
      load.add(new LoadedEvent("web", "m1", "42", "viewed", Instant.now(), Map.of()));
      intake.settle(batch, Set.of(ONE), TODAY, load);
      load.commit();
    }
    assertThat(intake.next("web", 10, 1000).isEmpty()).isTrue();
    assertThat(intake.seen(Set.of(ONE, TWO))).containsExactly(ONE);
    assertThat(tables.count("select count(*) from event")).isEqualTo(1);
  }

  @Test
  void whatAnotherProcessHasSettledIsNotLoadedAgain() {
    intake.append(List.of(chunk("web", 1, 1)));
    IntakeBatch batch = intake.next("web", 10, 1000);
    tables.execute("delete from intake");

    try (EventLoad load = store.loadEvents("web", "customer_id", Continuation.Onwards)) {
      load.add(new LoadedEvent("web", "m1", "42", "viewed", Instant.now(), Map.of()));
      intake.settle(batch, Set.of(ONE), TODAY, load);
      assertThatThrownBy(load::commit).isInstanceOf(IntakeMovedException.class);
    }
    assertThat(tables.count("select count(*) from event")).isZero();
    assertThat(intake.seen(Set.of(ONE))).isEmpty();
  }

  @Test
  void oneProcessAtATimeHasTheTurn() {
    try (Turn turn = intake.takeTurn().orElseThrow()) {
      assertThat(turn.isHeld()).isTrue();
      assertThat(intake.takeTurn()).isEmpty();
    }
    try (Turn next = intake.takeTurn().orElseThrow()) {
      assertThat(next.isHeld()).isTrue();
    }
  }

  @Test
  @Timeout(100)
  void manyMessagesAreLookedUpOneByOneAlsoInATableThatWasNeverAnalysed() {
    tables.execute(
        "insert into intake_seen select md5(n::text)::uuid, ? from generate_series(1, 40000) n",
        TODAY);
    Set<UUID> asked = new HashSet<>();
    for (int n = 0; n < 40_000; n++) {
      asked.add(new UUID(n, n));
    }
    asked.add(UUID.fromString("c4ca4238-a0b9-2382-0dcc-509a6f75849b"));

    assertThat(intake.seen(asked))
        .containsExactly(UUID.fromString("c4ca4238-a0b9-2382-0dcc-509a6f75849b"));
  }

  @Test
  void messagesAreRememberedForAWeekAtLeastAndForTwoAtMost() {
    tables.execute("insert into intake_seen values (?, ?)", ONE, TODAY);

    // 2 December 2026 is a Wednesday.
    intake.keepWeeks(TODAY.plusDays(7));
    assertThat(intake.seen(Set.of(ONE))).containsExactly(ONE);
    intake.keepWeeks(TODAY.plusDays(11));
    assertThat(intake.seen(Set.of(ONE))).containsExactly(ONE);
    intake.keepWeeks(TODAY.plusDays(12));
    assertThat(intake.seen(Set.of(ONE))).isEmpty();
  }
}

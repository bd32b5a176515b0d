package dev.lettershop.collector.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Engagement;
import dev.lettershop.collector.TestDatabase;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.hit.Hit;
import dev.lettershop.store.hit.HitKind;
import dev.lettershop.worker.task.HitJudging;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VerdictFeatureTest {
  private static final ProfileSchema SCHEMA = ProfileSchema.of(List.of(), List.of());
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private static TestDatabase database;
  private static Store store;

  @BeforeAll
  static void open() throws Exception {
    database = new TestDatabase(SCHEMA);
    for (String rows : TestTracking.ROWS) {
      database.execute(rows);
    }
    store = Store.open(database.settings("postgres", null));
  }

  @AfterAll
  static void close() {
    store.close();
    database.close();
  }

  private static VerdictFeature feature(SimpleMeterRegistry meters) {
    return new VerdictFeature(
        store,
        SCHEMA,
        HitJudging.of(store, Engagement.DEFAULT, Clock.systemUTC()),
        meters,
        Duration.ofMillis(50));
  }

  private static void click(Duration ago) {
    Instant at = Instant.now().minus(ago).truncatedTo(ChronoUnit.MICROS);
    store
        .hits()
        .append(
            List.of(
                new Hit(
                    UUID.randomUUID(),
                    at,
                    HitKind.Click,
                    TestTracking.RUN,
                    TestTracking.ADA,
                    0,
                    "GET",
                    false,
                    "203.0.113.0/24",
                    null,
                    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")));
  }

  /** Waits until so many clicks were counted, by whichever of them. */
  private static void awaitCounted(int clicks, SimpleMeterRegistry one, SimpleMeterRegistry other) {
    Instant end = Instant.now().plus(DEADLINE);
    while (counted(one) + counted(other) < clicks) {
      assertThat(Instant.now()).as("until %s are counted", clicks).isBefore(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static double counted(SimpleMeterRegistry meters) {
    return meters.find("lettershop.engagement").tag("campaign", "sale").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void oneProcessGivesVerdictsAndAnotherTakesOver() throws Exception {
    SimpleMeterRegistry first = new SimpleMeterRegistry();
    SimpleMeterRegistry second = new SimpleMeterRegistry();
    click(Duration.ofHours(2));
    VerdictFeature one = feature(first);
    VerdictFeature other = feature(second);
    try {
      one.register(null);
      awaitCounted(1, first, second);
      other.register(null);
      click(Duration.ofHours(1));
      awaitCounted(2, first, second);
      one.close();
      click(Duration.ofMinutes(30));
      awaitCounted(3, first, second);
    } finally {
      one.close();
      other.close();
    }

    // The third came when only the other one was left.
    assertThat(counted(second)).isPositive();
    assertThat(counted(first) + counted(second)).isEqualTo(3);
    assertThat(database.query("select verdict, sum(hits) from engagement group by 1"))
        .containsExactly("Human 3");
  }
}

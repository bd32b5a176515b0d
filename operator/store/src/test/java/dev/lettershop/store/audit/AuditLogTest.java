package dev.lettershop.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.StoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
  private static Store store;
  private static StoreTables tables;
  private static AuditLog log;

  @BeforeAll
  static void open() throws Exception {
    StoreSettings settings = TestServer.newDatabase();
    store = Store.open(settings);
    store.migrate(ProfileSchema.of(List.of(), List.of()));
    tables = new StoreTables(settings);
    log = store.audit();
  }

  @AfterAll
  static void close() throws Exception {
    tables.close();
    store.close();
  }

  @BeforeEach
  void write() {
    tables.clear();
    for (int i = 1; i <= 5; i++) {
      log.append("profile.merged", "source/crm", (long) i, Map.of("merged", 10 + i));
    }
  }

  /** What nobody may do without leaving a trace. */
  private static void tamper(String statement) {
    tables.execute("alter table audit disable trigger all");
    tables.execute(statement);
    tables.execute("alter table audit enable trigger all");
  }

  @Test
  void anEmptyLogIsIntact() {
    tables.clear();

    assertThat(log.verify(null)).isEqualTo(new AuditCheck(0, AuditEntry.NOTHING, null, null));
  }

  @Test
  void whatWasWrittenIsIntactAndItsHeadIsTheLastHash() {
    AuditCheck check = log.verify(null);

    assertThat(check.intact()).isTrue();
    assertThat(check.entries()).isEqualTo(5);
    assertThat(check.head())
        .isEqualTo(tables.text("select encode(hash, 'hex') from audit order by id desc limit 1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"update audit set actor = 'x'", "delete from audit", "truncate audit"})
  void nothingIsChangedOrRemoved(String statement) {
    assertThatThrownBy(() -> tables.execute(statement)).hasMessageContaining("never changed");
  }

  @Test
  void textOfAnyKindComesToTheSameHashInBothPlaces() {
    log.append("a,b", "user/äöü 😀, \"q\"", null, Map.of("text", "3:x,-\n", "n", 1.50));
    log.append("none", "job/prune", null, null);
    tables.execute(
        "insert into audit (action, actor, detail) values ('x', 'y', '{\"b\": 1e3, \"a\": [null]}')");

    assertThat(log.verify(null).problem()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update audit set actor = 'nobody' where id = 3 | 3",
        "update audit set detail = '{\"merged\": 99}' where id = 2 | 2",
        "update audit set occurred_at = occurred_at - interval '1 us' where id = 5 | 5",
        "update audit set profile_id = null where id = 1 | 1",
        "delete from audit where id = 3 | 4",
        "delete from audit where id = 1 | 2",
        "update audit set id = case id when 2 then 103 else 102 end where id in (2, 3) | 4",
        "update audit set id = id * 2 where id = 5 | 5",
      })
  void whatWasChangedRemovedOrMovedIsFound(String statement, long brokenId) {
    tamper(statement);

    AuditCheck check = log.verify(null);

    assertThat(check.intact()).isFalse();
    assertThat(check.brokenId()).isIn(brokenId, brokenId * 2);
  }

  @Test
  void aRowThatIsChangedTogetherWithItsHashBreaksTheNext() {
    tamper("update audit set actor = 'nobody' where id = 3");
    tamper("update audit a set hash = audit_hash(a) where id = 3");

    assertThat(log.verify(null).brokenId()).isEqualTo(4);
  }

  @Test
  void anEndThatWasCutOffIsFoundByTheNotedHead() {
    String noted = log.verify(null).head();
    tamper("delete from audit where id > 3");

    assertThat(log.verify(null).intact()).isTrue();
    assertThat(log.verify(noted).problem()).contains("cut off");
  }

  @Test
  void aNotedHeadHoldsWhenRowsHaveComeSince() {
    String noted = log.verify(null).head();
    log.append("profile.exported", "user/ada", 1L, null);

    assertThat(log.verify(noted.toUpperCase(java.util.Locale.ROOT)).intact()).isTrue();
  }

  @Test
  void writersAtTheSameTimeMakeOneChain() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String actor = "source/" + t;
        writers.add(
            () -> {
              for (int i = 0; i < 25; i++) {
                log.append("profile.merged", actor, null, Map.of("n", i));
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(writers)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(log.verify(null).entries()).isEqualTo(105);
    assertThat(log.verify(null).problem()).isNull();
  }

  @Test
  void severalRowsOfOneStatementAreChainedToo() {
    tables.execute("insert into audit (action, actor) select 'x', 'y' from generate_series(1, 10)");

    assertThat(log.verify(null).entries()).isEqualTo(15);
    assertThat(log.verify(null).problem()).isNull();
  }

  @Test
  void theNewestThatAreAskedForAreListedInTheirOrder() {
    log.append("profile.exported", "user/ada", 2L, null);

    assertThat(log.list(new AuditQuery(null, "profile.m", null, 2)))
        .extracting(AuditEntry::profileId)
        .containsExactly(4L, 5L);
    assertThat(log.list(new AuditQuery(null, null, 2L, 10)))
        .extracting(AuditEntry::action)
        .containsExactly("profile.merged", "profile.exported");
  }
}

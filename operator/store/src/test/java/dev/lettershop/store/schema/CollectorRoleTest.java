package dev.lettershop.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.intake.IntakeChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tries what a process that the public reaches must not be able to do, whatever it is made to. */
class CollectorRoleTest {
  /** Each right beyond reading, with what it is for. */
  private static final Set<String> WRITES =
      Set.of(
          "intake INSERT",
          "audit INSERT",
          "bounce INSERT",
          "suppression INSERT",
          "suppression DELETE",
          "consent INSERT",
          "consent_state INSERT",
          "consent_state UPDATE",
          "sign_up INSERT",
          "hit INSERT",
          "pause INSERT",
          "pause UPDATE",
          "pause DELETE",
          "opt_out INSERT",
          "opt_out UPDATE",
          "opt_out DELETE");

  private static final Set<String> READS =
      Set.of(
          "bounce",
          "campaign_trigger",
          "suppression",
          "consent",
          "consent_state",
          "profile",
          "merged_profile",
          "lease",
          "link",
          "opt_out",
          "pause",
          "person_key",
          "run",
          "store_salt",
          "delivery");

  private static StoreSettings settings;
  private static Store owner;
  private static Connection connection;
  private static DSLContext collector;

  @BeforeAll
  static void open() throws SQLException {
    settings = TestServer.newEmptyDatabase();
    owner = Store.open(settings);
    owner.migrate(ProfileSchema.of(List.of(), List.of()));
    connection = TestServer.connect(settings);
    collector = Database.using(connection);
    collector.execute("set role lettershop_collector");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    owner.close();
  }

  private static List<String> tables() {
    return collector
        .fetch(
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'lettershop' and c.relkind in ('r', 'p') order by 1
            """)
        .map(row -> row.get(0, String.class));
  }

  @Test
  void mayWriteAndReadNothingElse() {
    Set<String> writes = new TreeSet<>();
    Set<String> reads = new TreeSet<>();
    for (String table : tables()) {
      for (String right :
          List.of("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")) {
        if (holds(table, right)) {
          writes.add(table + " " + right);
        }
      }
      if (holds(table, "SELECT")) {
        reads.add(table);
      }
    }
    assertThat(writes).isEqualTo(new TreeSet<>(WRITES));
    assertThat(reads).isEqualTo(new TreeSet<>(READS));
  }

  private static boolean holds(String table, String right) {
    return collector
        .fetchSingle("select has_table_privilege(?, ?)", "lettershop." + table, right)
        .get(0, Boolean.class);
  }

  @Test
  void takesWhatComesInAndCannotReadItAgain() {
    try (Store store = Store.openForCollector(settings, Vault.NONE)) {
      store.intake().append(List.of(new IntakeChunk("web", 1, new byte[] {1})));
    }
    assertThat(owner.intake().backlog().events()).isEqualTo(1);
    refused("select content from intake");
    refused("delete from intake");
  }

  @Test
  void changesNobodyAndDropsNothing() {
    refused("update profile set email = 'mallory@example.com'");
    refused("insert into profile (email) values ('mallory@example.com')");
    refused("delete from profile");
    refused("insert into identity values ('email', 'mallory@example.com', 1)");
    refused("insert into event (profile_id, name, occurred_at, id) values (1, 'x', now(), 'x')");
    refused("update delivery set state = 'sent'");
    refused("delete from consent");
    refused("update consent set status = 'Granted'");
    refused("update bounce set kind = 'Soft'");
    refused("update suppression set reason = ''");
    refused("select * from quarantine");
    refused("select * from audit");
    refused("update audit set actor = 'nobody'");
    refused("select * from hit");
    refused("delete from hit");
    refused("insert into link values (1, 0, 'sale', array['https://phish.example/'])");
    refused("update link set address = array['https://phish.example/']");
    refused("drop table profile");
    refused("alter table profile add column x int");
    refused("create table lettershop.mine (x int)");
    refused("copy profile to program 'cat'");
  }

  @Test
  void writesToTheAuditLogWithoutReadingIt() {
    collector.execute("insert into audit (action, actor) values ('suppress', 'bounces')");

    assertThat(owner.audit().verify(null).intact()).isTrue();
  }

  private static void refused(String statement) {
    assertThatThrownBy(() -> collector.execute(statement))
        .as(statement)
        .isInstanceOf(DataAccessException.class)
        .extracting(e -> ((DataAccessException) e).sqlState())
        .isIn("42501", "22023");
  }

  @Test
  void grantsComeAlsoWhenTheRoleWasMadeLater() throws SQLException {
    try (Connection admin = TestServer.connect(settings)) {
      Database.using(admin).execute("revoke insert on intake from lettershop_collector");
    }
    owner.migrate(ProfileSchema.of(List.of(), List.of()));

    assertThat(holds("intake", "INSERT")).isTrue();
  }
}

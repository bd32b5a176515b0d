package dev.lettershop.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.source.sync.ProgressListener;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs where MariaDB's programs are installed. */
@EnabledIf("dev.lettershop.source.MariadbServer#isHere")
class MariadbSourceTest {
  private static MariadbServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MariadbServer.start();
    server.execute(
        "create database crm",
        """
        create table crm.customers (
          customer_id bigint primary key, email varchar(200), first_name varchar(50),
          city varchar(50), lifetime_value decimal(12, 2), visits int, vip boolean,
          last_active_at timestamp(3) null, details json, updated_at datetime(6))
        """,
        """
        insert into crm.customers values
          (1, 'ada@example.com', 'Ada', 'Köln', 120.50, 3, true, '2026-11-01 12:00:00.250',
            '{"zip": "02134"}', '2026-11-01 10:00:00.123456'),
          (2, 'bob@example.com', 'Bob', null, 7, null, false, null, null,
            '2026-11-02 10:00:00.123456')
        """);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  private static PulledSource customers(String scheme, String more) {
    return PulledSource.of(
        """
        identity: {key: customer_id, alsoMatch: [email]}
        jdbc:
          url: jdbc:%s://127.0.0.1:%d/crm
          credentialsSecretRef: {name: crm}
          tls: {mode: Disable}
          fetchSize: 2
        %s
        """
            .formatted(scheme, server.port(), more.indent(2)),
        Map.of("crm/username", "root", "crm/password", ""));
  }

  @Test
  void reads_types_and_then_what_is_new() throws Exception {
    try (TestDatabase database = new TestDatabase()) {
      database.store().migrate(Samples.SCHEMA);
      PulledSource source = customers("mariadb", "table: customers\nwatermarkColumn: updated_at");

      SyncResult first = source.sync(database.store());
      SyncResult second = source.sync(database.store());
      server.execute(
          "insert into crm.customers (customer_id, email, updated_at)"
              + " values (3, 'tie@example.com', '2026-11-02 10:00:00.123456')");
      SyncResult third = source.sync(database.store());

      assertThat(first.problems()).isEmpty();
      assertThat(first.counts().created()).isEqualTo(2);
      assertThat(second.records()).isZero();
      assertThat(third.counts().created()).isEqualTo(1);
      assertThat(
              database.query(
                  """
                  select first_name, city, lifetime_value, visits,
                    last_active_at at time zone 'UTC', extra->>'vip', extra->'details'->>'zip'
                  from profile where email = 'ada@example.com'
                  """))
          .containsExactly("Ada Köln 120.5 3 2026-11-01 10:00:00.25 true 02134");
    }
  }

  @Test
  void takes_the_urls_of_mysql_and_reads_in_portions() throws Exception {
    server.execute(
        "use crm",
        "create table crm.many (customer_id int primary key, updated_at timestamp not null)",
        "insert into crm.many select seq, '2026-11-01' + interval seq second from seq_1_to_2500");
    try (TestDatabase database = new TestDatabase()) {
      database.store().migrate(Samples.SCHEMA);

      SyncResult result =
          customers("mysql", "query: select * from many\nwatermarkColumn: updated_at")
              .sync(database.store(), 1000, ProgressListener.SILENT);

      assertThat(result.problems()).isEmpty();
      assertThat(result.counts().created()).isEqualTo(2500);
      assertThat(database.query("select version from source_position")).containsExactly("3");
    }
  }

  @Test
  void says_that_the_login_is_refused() throws Exception {
    server.execute("create or replace user ada identified by 'right'");
    PulledSource source =
        PulledSource.of(
            """
            identity: {key: customer_id}
            jdbc:
              url: jdbc:mariadb://127.0.0.1:%d/crm
              credentialsSecretRef: {name: crm}
              tls: {mode: Disable}
              table: customers
            """
                .formatted(server.port()),
            Map.of("crm/username", "ada", "crm/password", "wrong"));
    try (TestDatabase database = new TestDatabase()) {
      database.store().migrate(Samples.SCHEMA);

      assertThat(source.sync(database.store()).problems().get(0).toString())
          .contains("spec.jdbc.credentialsSecretRef")
          .contains("refuses the login")
          .doesNotContain("wrong");
    }
  }
}

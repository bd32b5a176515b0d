package dev.lettershop.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.source.sync.ProgressListener;
import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class JdbcSourceTest {
  private TestDatabase crm;
  private TestDatabase database;

  @BeforeEach
  void start() throws SQLException {
    crm = new TestDatabase();
    crm.execute(
        """
        create schema shop;
        create table shop.customers (
          customer_id bigint primary key, email text, first_name text, city text,
          lifetime_value numeric(12, 2), visits int, last_active_at timestamptz,
          interests text[], address jsonb, updated_at timestamptz);
        insert into shop.customers values
          (1, 'ada@example.com', 'Ada', 'Boston', 120.50, 3, '2026-11-01T10:00:00Z',
            '{a,b}', '{"zip": "02134"}', '2026-11-01T10:00:00.123456Z'),
          (2, 'bob@example.com', 'Bob', null, 7, null, null, null, null,
            '2026-11-02T10:00:00.123456Z'),
          (3, 'eve@example.com', 'Eve', 'Paris', null, 0, null, '{}', null, null)
        """);
    database = new TestDatabase();
    database.store().migrate(Samples.SCHEMA);
  }

  @AfterEach
  void close() {
    crm.close();
    database.close();
  }

  private PulledSource customers(String more) {
    return PulledSource.of(
        """
        identity: {key: customer_id, alsoMatch: [email]}
        jdbc:
          url: %s
          credentialsSecretRef: {name: crm}
          tls: {mode: Disable}
        %s
        """
            .formatted(crm.url(), more.indent(2)),
        java.util.Map.of("crm/username", "postgres", "crm/password", ""));
  }

  private static final String BY_TIME = "table: shop.customers\nwatermarkColumn: updated_at";

  @Test
  void reads_rows_with_their_types() throws Exception {
    SyncResult result = customers("table: shop.customers").sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(result.records()).isEqualTo(3);
    assertThat(result.unknownColumns()).containsEntry("address", 1L);
    assertThat(
            database.query(
                """
                select first_name, city, lifetime_value, visits, last_active_at at time zone 'UTC',
                  interests, extra->'address'->>'zip' from profile order by email
                """))
        .containsExactly(
            "Ada Boston 120.5 3 2026-11-01 10:00:00.0 {a,b} 02134",
            "Bob null 7.0 null null null null",
            "Eve Paris null 0 null null null");
  }

  @Test
  void a_column_with_a_fraction_is_a_double_whatever_its_value() throws Exception {
    crm.execute("create table shop.totals (customer_id numeric(20), total numeric(8, 2))");
    crm.execute("insert into shop.totals values (1, 7), (2, 7.25)");
    SyncResult doubled =
        PulledSource.of(
                """
                identity: {key: customer_id}
                mapping:
                - {to: lifetime_value, value: record.total * 2.0}
                jdbc:
                  url: %s
                  credentialsSecretRef: {name: crm}
                  tls: {mode: Disable}
                  table: shop.totals
                """
                    .formatted(crm.url()),
                java.util.Map.of("crm/username", "postgres", "crm/password", ""))
            .sync(database.store());

    assertThat(doubled.problems()).isEmpty();
    assertThat(doubled.counts().quarantined()).isZero();
    assertThat(database.query("select lifetime_value from profile order by 1"))
        .containsExactly("14.0", "14.5");
    assertThat(database.query("select value from identity order by 1")).containsExactly("1", "2");
  }

  @Test
  void keys_are_exact_whatever_their_type_and_size() throws Exception {
    for (String type : new String[] {"numeric(30, 2)", "numeric(30)", "numeric", "jsonb"}) {
      crm.execute("drop table if exists shop.large; create table shop.large (id " + type + ")");
      crm.execute("insert into shop.large values ('9007199254740993'), ('9007199254740992')");
      crm.execute("insert into shop.large values ('18446744073709551617')");
      crm.execute("insert into shop.large values ('18446744073709551616')");
      SyncResult result =
          PulledSource.of(
                  """
                  identity: {key: %s}
                  mapping:
                  - {to: %1$s, value: record.id}
                  jdbc:
                    url: %s
                    credentialsSecretRef: {name: crm}
                    tls: {mode: Disable}
                    table: shop.large
                  """
                      .formatted("k" + type.replaceAll("[^a-z0-9]", ""), crm.url()),
                  java.util.Map.of("crm/username", "postgres", "crm/password", ""))
              .sync(database.store());

      assertThat(result.problems()).as(type).isEmpty();
      assertThat(result.counts().created()).as(type).isEqualTo(4);
    }
    assertThat(database.query("select distinct value from identity order by 1"))
        .containsExactly(
            "18446744073709551616", "18446744073709551617", "9007199254740992", "9007199254740993");
  }

  @Test
  void a_numeric_that_is_not_a_number_is_left_out() throws Exception {
    crm.execute("create table shop.totals (customer_id int, lifetime_value numeric(8, 2))");
    crm.execute("insert into shop.totals values (1, 7.25)");
    crm.execute("insert into shop.totals select g, 'NaN' from generate_series(2, 3) g");
    crm.execute("insert into shop.totals select g, 1 from generate_series(4, 60) g");
    SyncResult result =
        PulledSource.of(
                """
                identity: {key: customer_id}
                jdbc:
                  url: %s
                  credentialsSecretRef: {name: crm}
                  tls: {mode: Disable}
                  table: shop.totals
                """
                    .formatted(crm.url()),
                java.util.Map.of("crm/username", "postgres", "crm/password", ""))
            .sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(result.dropped().get("lifetime_value").values()).isEqualTo(2);
  }

  @Test
  void reads_from_its_start_after_a_reset() throws Exception {
    PulledSource source = customers(BY_TIME);
    source.sync(database.store());

    assertThat(database.store().sourcePositions().forget("crm")).isTrue();
    assertThat(database.store().sourcePositions().forget("crm")).isFalse();

    SyncResult again = source.sync(database.store());
    assertThat(again.records()).isEqualTo(3);
    assertThat(again.counts().created()).isZero();
    assertThat(again.counts().changed()).isZero();
  }

  @Test
  void reads_on_from_the_watermark_and_nothing_when_nothing_is_new() throws Exception {
    PulledSource source = customers(BY_TIME);
    SyncResult first = source.sync(database.store());
    SyncResult second = source.sync(database.store());
    crm.execute(
        """
        update shop.customers set city = 'Rome', updated_at = '2026-11-03T00:00:00Z'
        where customer_id = 2
        """);
    SyncResult third = source.sync(database.store());

    assertThat(first.records()).isEqualTo(3);
    assertThat(first.reached().watermark()).isEqualTo("2026-11-02T10:00:00.123456Z");
    assertThat(first.reached().newest()).isEqualTo(Instant.parse("2026-11-02T10:00:00.123456Z"));
    assertThat(second.records()).isZero();
    assertThat(third.records()).isEqualTo(1);
    assertThat(third.counts().changed()).isEqualTo(1);
  }

  @Test
  void misses_no_row_that_has_the_same_watermark_as_the_last_one() throws Exception {
    PulledSource source = customers(BY_TIME);
    source.sync(database.store());
    crm.execute(
        """
        insert into shop.customers (customer_id, email, updated_at)
        values (9, 'tie@example.com', '2026-11-02T10:00:00.123456Z')
        """);

    SyncResult tie = source.sync(database.store());

    assertThat(tie.records()).isEqualTo(1);
    assertThat(tie.counts().created()).isEqualTo(1);
    assertThat(source.sync(database.store()).records()).isZero();
  }

  @Test
  void reads_a_window_again_for_rows_that_are_committed_late() throws Exception {
    PulledSource source = customers(BY_TIME + "\noverlap: 1h");
    source.sync(database.store());
    crm.execute(
        """
        insert into shop.customers (customer_id, email, updated_at)
        values (8, 'late@example.com', '2026-11-02T09:30:00Z')
        """);

    SyncResult late = source.sync(database.store());

    assertThat(late.counts().created()).isEqualTo(1);
    assertThat(late.reached().watermark()).isEqualTo("2026-11-02T10:00:00.123456Z");
  }

  @Test
  void hands_the_watermark_to_the_query() throws Exception {
    PulledSource source =
        customers(
            """
            query: |
              select customer_id, email, updated_at, '12:watermark' as note -- :watermark
              from shop.customers where updated_at >= :watermark
            watermarkColumn: updated_at
            """);

    SyncResult first = source.sync(database.store());

    assertThat(first.problems()).isEmpty();
    assertThat(first.records()).isEqualTo(2);
    assertThat(source.sync(database.store()).records()).isZero();
  }

  @Test
  void commits_in_portions_of_which_each_can_be_gone_on_from() throws Exception {
    crm.execute(
        """
        insert into shop.customers (customer_id, email, updated_at)
        select 100 + n, 'p' || n || '@example.com', '2026-11-05T00:00:00Z'::timestamptz
          + (n / 7) * interval '1 second' from generate_series(1, 2500) n
        """);

    SyncResult result = customers(BY_TIME).sync(database.store(), 500, ProgressListener.SILENT);

    assertThat(result.records()).isEqualTo(2503);
    assertThat(result.counts().created()).isEqualTo(2503);
    assertThat(database.query("select version from source_position")).containsExactly("6");
  }

  @Test
  void reads_from_the_start_when_the_query_is_another_one() throws Exception {
    customers(BY_TIME).sync(database.store());

    SyncResult other =
        customers(
                "query: select customer_id, email, updated_at from shop.customers\n"
                    + "watermarkColumn: updated_at")
            .sync(database.store());

    assertThat(other.records()).isEqualTo(3);
    assertThat(other.counts().created()).isZero();
  }

  @Test
  void says_which_columns_do_not_fit_before_anything_is_loaded() throws Exception {
    SyncResult wrong =
        customers(
                "query: select customer_id, true as visits, email as last_name from shop.customers")
            .sync(database.store());

    assertThat(wrong.problems())
        .singleElement()
        .asString()
        .contains("the column \"visits\" holds Boolean, the attribute of that name Integer");
    assertThat(database.query("select count(*) from profile")).containsExactly("0");
  }

  @Test
  void says_what_is_wrong_with_the_query_without_its_values() throws Exception {
    SyncResult missing = customers("table: shop.clients").sync(database.store());
    SyncResult column =
        customers("table: shop.customers\nwatermarkColumn: changed_at").sync(database.store());
    SyncResult type =
        customers("table: shop.customers\nwatermarkColumn: interests").sync(database.store());

    assertThat(missing.problems().get(0).toString()).contains("spec.jdbc.query").contains("42P01");
    assertThat(column.problems().get(0).toString()).contains("has no column \"changed_at\"");
    assertThat(type.problems().get(0).toString()).contains("is of the type _text");
  }

  @Test
  void cannot_write_to_the_source() throws Exception {
    crm.execute(
        """
        create function shop.evil() returns int language sql as
        $$ delete from shop.customers returning 1 $$
        """);

    SyncResult result =
        customers("query: select shop.evil() as customer_id").sync(database.store());

    assertThat(result.problems()).isNotEmpty();
    assertThat(crm.query("select count(*) from shop.customers")).containsExactly("3");
  }
}

package dev.lettershop.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.source.sync.SyncResult;
import dev.lettershop.testkit.TestDatabase;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Trino's driver is asked to send, and what becomes of the types that it hands out. */
class TrinoSourceTest {
  private static final Map<String, String> COLUMNS =
      Map.of(
          "customer_id", "bigint",
          "email", "varchar",
          "lifetime_value", "decimal(12,2)",
          "visits", "integer",
          "last_active_at", "timestamp(6) with time zone",
          "updated_at", "timestamp(6)",
          "interests", "array(varchar)");
  private static final String COLUMN_ORDER =
      "customer_id email lifetime_value visits last_active_at updated_at interests";

  private TestDatabase database;
  private TrinoStandIn trino;

  @BeforeEach
  void start() throws Exception {
    database = new TestDatabase();
    database.store().migrate(Samples.SCHEMA);
    trino =
        new TrinoStandIn(
            sql ->
                "\"columns\": ["
                    + Stream.of(COLUMN_ORDER.split(" "))
                        .map(TrinoSourceTest::column)
                        .collect(Collectors.joining(", "))
                    + "], \"data\": ["
                    + (sql.contains("1 = 0") || sql.contains("is null") ? "" : ROWS)
                    + "]");
  }

  private static final String ROWS =
      """
      [1, "ada@example.com", "120.50", 3, "2026-11-01 10:00:00.000000 Europe/Berlin",
       "2026-11-01 10:00:00.123456", ["a", "b"]],
      [2, "bob@example.com", null, null, null, "2026-11-02 10:00:00.123456", null]
      """;

  private static String column(String name) {
    String type = COLUMNS.get(name);
    return """
        {"name": "%s", "type": "%s", "typeSignature": %s}
        """
        .formatted(name, type, signature(type));
  }

  private static String signature(String type) {
    return switch (type) {
      case "decimal(12,2)" -> raw("decimal", number(12) + ", " + number(2));
      case "timestamp(6)" -> raw("timestamp", number(6));
      case "timestamp(6) with time zone" -> raw("timestamp with time zone", number(6));
      case "varchar" -> VARCHAR;
      case "array(varchar)" -> raw("array", "{\"kind\": \"TYPE\", \"value\": " + VARCHAR + "}");
      default -> raw(type, "");
    };
  }

  private static final String VARCHAR = raw("varchar", number(2147483647));

  private static String raw(String type, String arguments) {
    return "{\"rawType\": \"" + type + "\", \"arguments\": [" + arguments + "]}";
  }

  private static String number(long value) {
    return "{\"kind\": \"LONG\", \"value\": " + value + "}";
  }

  @AfterEach
  void close() {
    trino.close();
    database.close();
  }

  private PulledSource customers() {
    return customers("updated_at");
  }

  private PulledSource customers(String watermark) {
    return PulledSource.of(
        """
        identity: {key: customer_id, alsoMatch: [email]}
        jdbc:
          url: %s
          tls: {mode: Disable}
          table: customers
          watermarkColumn: %s
        """
            .formatted(trino.url(), watermark));
  }

  @Test
  void its_types_become_ours() throws Exception {
    SyncResult result = customers().sync(database.store());

    assertThat(result.problems()).isEmpty();
    assertThat(
            database.query(
                """
                select email, lifetime_value, visits, last_active_at at time zone 'UTC', interests
                from profile order by email
                """))
        .containsExactly(
            "ada@example.com 120.5 3 2026-11-01 09:00:00.0 {a,b}",
            "bob@example.com null null null null");
    assertThat(result.reached().watermark()).isEqualTo("2026-11-02T10:00:00.123456");
  }

  @Test
  void it_is_asked_for_rows_from_the_watermark_on_in_its_order() throws Exception {
    PulledSource source = customers();
    source.sync(database.store());
    int before = trino.statements().size();

    SyncResult second = source.sync(database.store());

    assertThat(second.problems()).isEmpty();
    assertThat(String.join("; ", trino.statements().subList(before, trino.statements().size())))
        .endsWith(
            "select lettershop_source.* from (select * from customers\n) lettershop_source"
                + " where lettershop_source.\"updated_at\" >= ?"
                + " order by lettershop_source.\"updated_at\";"
                + " EXECUTE statement2 USING TIMESTAMP '2026-11-02 10:00:00.123456'");
  }

  @Test
  void a_time_with_a_zone_can_be_a_watermark_too() throws Exception {
    PulledSource source = customers("last_active_at");
    SyncResult first = source.sync(database.store());
    source.sync(database.store());

    assertThat(first.reached().watermark()).isEqualTo("2026-11-01T09:00:00Z");
    assertThat(trino.statements())
        .anySatisfy(sql -> assertThat(sql).contains("TIMESTAMP '2026-11-01 09:00:00"));
  }
}

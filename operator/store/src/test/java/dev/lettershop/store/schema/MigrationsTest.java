package dev.lettershop.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.StoreSchemaStatus;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.Store;
import dev.lettershop.store.StoreTables;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.audit.AuditEntry;
import dev.lettershop.store.audit.AuditQuery;
import dev.lettershop.store.database.StoreException;
import dev.lettershop.store.database.StoreSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  private static ProfileSchema schema(Attribute... attributes) {
    return ProfileSchema.of(List.of(attributes), List.of());
  }

  private static Attribute attribute(String name, AttributeType type) {
    return new Attribute(name, type, false);
  }

  private static final String COLUMNS =
      """
      select column_name || ' ' || data_type from information_schema.columns
      where table_schema = 'lettershop' and table_name = 'profile' order by ordinal_position
      """;

  @Test
  void declaredAttributesBecomeTypedColumnsAndStay() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      Attribute[] all =
          Arrays.stream(AttributeType.values())
              .map(type -> attribute("of_" + type, type))
              .toArray(Attribute[]::new);

      store.migrate(schema(all));
      store.migrate(schema(attribute("select", AttributeType.String)));

      assertThat(tables.texts(COLUMNS))
          .contains(
              "of_String text",
              "of_Boolean boolean",
              "of_Integer bigint",
              "of_Double double precision",
              "of_Timestamp timestamp with time zone",
              "of_StringList ARRAY",
              "select text");
    }
  }

  @Test
  void everyAttributeThatDoesNotFitIsNamedWithItsFix() throws Exception {
    try (Store store = Store.open(TestServer.newEmptyDatabase())) {
      store.migrate(
          schema(
              attribute("score", AttributeType.Double), attribute("city", AttributeType.String)));

      ProfileSchema changed =
          schema(
              attribute("score", AttributeType.Integer),
              attribute("city", AttributeType.Boolean),
              attribute("extra", AttributeType.String),
              attribute("fresh", AttributeType.String));

      assertThatThrownBy(() -> store.migrate(changed))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.Misconfigured))
          .hasMessageContaining(
              "score is declared as Integer, but its column holds Double; declare it so")
          .hasMessageContaining("city is declared as Boolean, but its column holds String")
          .hasMessageContaining("extra has a name that the store needs itself");
    }
  }

  @Test
  void severalProcessesMayMigrateAtOnce() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<?>> migrations = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "attribute" + i;
      migrations.add(
          threads.submit(
              () -> {
                try (Store store = Store.open(settings)) {
                  store.migrate(
                      schema(
                          attribute("shared", AttributeType.String),
                          attribute(name, AttributeType.Double)));
                }
              }));
    }
    for (Future<?> migration : migrations) {
      migration.get();
    }
    threads.shutdown();

    try (StoreTables tables = new StoreTables(settings)) {
      assertThat(tables.texts(COLUMNS))
          .contains(
              "shared text",
              "attribute0 double precision",
              "attribute1 double precision",
              "attribute2 double precision");
    }
  }

  @Test
  void otherTablesOfTheDatabaseAreNoObstacle() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      tables.execute("create table public.profile (mine text)");

      store.migrate(schema());

      assertThat(tables.count("select count(*) from public.profile")).isZero();
    }
  }

  @Test
  void theNewestMigrationIsTheOneThatTellsWhetherThereIsAnythingToDo() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(schema());
      assertThat(
              tables.text("select script from schema_history order by version::int desc limit 1"))
          .isEqualTo(Migrations.LATEST);

      // Flyway would not accept the second row: nobody asks it while the newest migration is known.
      tables.execute(
          """
          insert into schema_history
            (installed_rank, version, description, type, script, checksum, installed_by,
             execution_time, success)
          values (9, '0.5', 'other', 'SQL', 'V0_5__other.sql', 1, 'other', 1, true)
          """);
      store.migrate(schema());

      tables.execute("update schema_history set checksum = checksum + 1 where version = '1'");
      assertThatThrownBy(() -> store.migrate(schema()))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.Misconfigured))
          .hasMessageContaining("come from a build that this version cannot upgrade");
    }
  }

  @Test
  void eachTableSaysWhatItHoldsAndWhoWritesIt() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(schema());

      assertThat(
              tables.texts(
                  """
                  select relname from pg_class
                  where relnamespace = 'lettershop'::regnamespace and relkind in ('r', 'p')
                    and relname <> 'schema_history' and obj_description(oid) is null
                  """))
          .isEmpty();
    }
  }

  @Test
  void attributesAreWidenedAndRenamedWithTheirValuesAndWhatSourcesSaid() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      store.migrate(
          ProfileSchema.of(
              List.of(
                  attribute("score", AttributeType.Integer),
                  attribute("seen", AttributeType.Timestamp),
                  attribute("tag", AttributeType.String),
                  attribute("town", AttributeType.String)),
              List.of()));
      tables.execute(
          "insert into profile (score, seen, tag, town) values (7, '2026-01-02T03:04:05Z', 'a', 'Oslo')");
      tables.execute(
          """
          insert into contribution (profile_id, origin, key, read, attributes)
          values (1, 1, 'k', 0, '{"score": 7, "tag": "a", "town": "Oslo"}')
          """);

      store.migrate(
          ProfileSchema.of(
              List.of(
                  attribute("score", AttributeType.Double),
                  attribute("seen", AttributeType.String),
                  attribute("tag", AttributeType.StringList),
                  new Attribute("city", AttributeType.String, false, null, "town")),
              List.of()));

      assertThat(tables.text("select concat_ws('|', score / 2, seen, tag, city) from profile"))
          .isEqualTo("3.5|2026-01-02T03:04:05Z|{a}|Oslo");
      assertThat(tables.text("select attributes::text from contribution"))
          .isEqualTo("{\"tag\": [\"a\"], \"city\": \"Oslo\", \"score\": 7}");
      assertThat(tables.text("select changes[1] from schema_version where version = 2"))
          .isEqualTo("widened score from Integer to Double");
      assertThat(tables.count("select count(*) from schema_version")).isEqualTo(2);
    }
  }

  @Test
  void anAttributeIsDroppedWithItsValuesWhenThatIsAskedFor() throws Exception {
    StoreSettings settings = TestServer.newEmptyDatabase();
    try (Store store = Store.open(settings);
        StoreTables tables = new StoreTables(settings)) {
      Attribute town = attribute("town", AttributeType.String);
      Attribute tag = attribute("tag", AttributeType.String);
      store.migrate(schema(town, tag));
      tables.execute("insert into profile (town, tag) values ('Oslo', 'a')");
      tables.execute(
          """
          insert into contribution (profile_id, origin, key, read, attributes)
          values (1, 1, 'k', 0, '{"tag": "a", "town": "Oslo"}')
          """);
      store.migrate(schema(tag));
      assertThat(store.schemaState(schema(tag)).undeclared()).containsExactly("town");

      tables.execute(
          """
          insert into source_position (source, origin, position)
          values ('people', 'file:abc', '{}'), ('crm', 'jdbc:def', '{}')
          """);

      ProfileSchema dropping = schema(tag).dropping(List.of("town", "was_never_there"));
      store.migrate(dropping);
      store.migrate(dropping);

      assertThat(tables.texts(COLUMNS)).contains("tag text").doesNotContain("town text");
      assertThat(tables.texts("select source from source_position")).containsExactly("crm");
      assertThat(tables.text("select attributes::text from contribution"))
          .isEqualTo("{\"tag\": \"a\"}");
      StoreSchemaStatus state = store.schemaState(dropping);
      assertThat(state.version()).isEqualTo(2);
      assertThat(state.changes()).containsExactly("dropped town");
      assertThat(state.undeclared()).isEmpty();
      assertThat(store.audit().list(new AuditQuery(null, "schema.changed", null, 10)))
          .extracting(AuditEntry::detail)
          .containsExactly(
              "{\"changes\": [\"added town as String\", \"added tag as String\"], \"version\": 1}",
              "{\"changes\": [\"dropped town\"], \"version\": 2}");
      assertThat(store.audit().verify(null).problem()).isNull();
    }
  }

  @Test
  void whatIsStillNeededIsNotDropped() throws Exception {
    try (Store store = Store.open(TestServer.newEmptyDatabase())) {
      ProfileSchema schema =
          schema(
                  attribute("town", AttributeType.String),
                  new Attribute("tag", AttributeType.String, false, null, "label"))
              .dropping(List.of("town", "label", "email", "extra", "_origin"));

      assertThatThrownBy(() -> store.migrate(schema))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the attribute town is to be dropped")
          .hasMessageContaining("label")
          .hasMessageContaining("email")
          .hasMessageContaining("extra")
          .hasMessageContaining("_origin");
    }
  }

  @Test
  void ofManyChangesTheFirstAreShown() throws Exception {
    try (Store store = Store.open(TestServer.newEmptyDatabase())) {
      Attribute[] many =
          IntStream.range(0, 30)
              .mapToObj(i -> attribute("a" + i, AttributeType.Boolean))
              .toArray(Attribute[]::new);
      store.migrate(schema(many));

      assertThat(store.schemaState(schema(many)).changes())
          .hasSize(20)
          .startsWith("added a0 as Boolean")
          .endsWith("and 11 more");
    }
  }
}

package dev.lettershop.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.store.Store;
import dev.lettershop.store.TestServer;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.rule.RandomProfiles;
import dev.lettershop.store.rule.RandomRules;
import dev.lettershop.store.rule.RuleDatabase;
import dev.lettershop.store.rule.RuleSql;
import java.sql.Connection;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Random rules over random profiles, which change while time passes: whatever happens, those whom
 * an incremental refresh leaves as members are those whom the whole rule selects.
 */
class IncrementalRefreshTest {
  private static final int PROFILES = 30;
  private static final int RULES = 24;
  private static final int ROUNDS = 5;
  private static final List<Duration> STEPS =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(1000),
          Duration.ofMinutes(59),
          Duration.ofDays(1),
          Duration.ofDays(40),
          Duration.ofDays(365));

  @Property(tries = 2, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void members_are_those_whom_a_full_refresh_would_find(@ForAll long seed) throws Exception {
    hold(seed);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Tag("soak")
  void so_they_are_over_many_schemas(@ForAll long seed) throws Exception {
    hold(seed);
  }

  private static void hold(long seed) throws Exception {
    Random random = new Random(seed);
    ProfileSchema schema = RandomProfiles.schema(random);
    StoreSettings settings = TestServer.newDatabase();
    try (Store store = Store.open(settings);
        Connection connection = TestServer.connect(settings)) {
      store.migrate(schema);
      DSLContext db = Database.using(connection);
      for (RandomProfiles.Stored stored : RandomProfiles.profiles(random, schema, PROFILES)) {
        RuleDatabase.insert(db, schema, stored);
      }
      List<Rule> rules = rules(random, schema);
      OffsetDateTime now = RandomRules.now().atOffset(ZoneOffset.UTC);
      int incremental = 0;
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < rules.size(); i++) {
          Refreshed refreshed =
              store
                  .segments()
                  .refresh("shop", "s" + i, rules.get(i), schema, Segments.Scope.Changed, now);
          incremental += refreshed.isIncremental() ? 1 : 0;
          List<Long> members = members(db, "s" + i);
          assertThat(members)
              .as("%s at %s, round %s", rules.get(i).source(), now, round)
              .isEqualTo(selected(db, schema, rules.get(i), now));
          assertThat(refreshed.size()).isEqualTo(members.size());
        }
        for (int i = random.nextInt(6); i > 0; i--) {
          change(random, db, schema);
        }
        now = now.plus(STEPS.get(random.nextInt(STEPS.size())));
      }
      assertThat(incremental).as("incremental refreshes").isGreaterThan(RULES * (ROUNDS - 1) / 2);
    }
  }

  private static List<Rule> rules(Random random, ProfileSchema schema) {
    RuleCompiler compiler = new RuleCompiler(schema, Map.of());
    RandomRules writer = new RandomRules(random, schema, List.of());
    List<Rule> rules = new ArrayList<>();
    while (rules.size() < RULES) {
      RuleResult result = compiler.compile(writer.rule());
      if (result.isOk()) {
        rules.add(result.rule());
      }
    }
    return rules;
  }

  private static void change(Random random, DSLContext db, ProfileSchema schema) {
    int id = 1 + random.nextInt(PROFILES);
    switch (random.nextInt(7)) {
      case 0 -> {
        db.execute("delete from profile where id = ?", id);
        db.execute("delete from event where profile_id = ?", id);
        db.execute("delete from model_output where profile_id = ?", id);
        RuleDatabase.insert(db, schema, RandomProfiles.profile(random, schema, id));
      }
      case 1 -> db.execute("delete from profile where id = ?", id);
      case 2 -> db.execute("update profile set locale = ? where id = ?", "a", id);
      case 3, 4 -> {
        // Some of the attributes of one are another's; of several people at once.
        List<String> names = new ArrayList<>(schema.attributes().keySet());
        names.remove("id");
        names.removeIf(name -> random.nextInt(names.size()) > 1);
        for (String name : names) {
          db.execute(
              "update profile p set {0} = o.{0} from profile o where p.id in ({1}, {2}) and o.id = {3}",
              DSL.name(name),
              DSL.val(id),
              DSL.val(1 + random.nextInt(PROFILES)),
              DSL.val(1 + random.nextInt(PROFILES)));
        }
      }
      case 5 ->
          db.execute(
              "update model_output set score = ?, cluster = 'A' where profile_id = ?", 0.5, id);
      default ->
          db.execute(
              """
              insert into event (profile_id, name, occurred_at, id, properties)
              select ?, name, occurred_at, gen_random_uuid()::text, properties
              from event order by md5(id || profile_id) limit 3
              """,
              id);
    }
  }

  private static List<Long> members(DSLContext db, String segment) {
    return db.fetch(
            """
            select profile_id from membership
            where segment_id = (select id from segment where name = ?) order by 1
            """,
            segment)
        .map(r -> r.get(0, Long.class));
  }

  private static List<Long> selected(
      DSLContext db, ProfileSchema schema, Rule rule, OffsetDateTime now) {
    return db.fetch(
            "select p.id from profile p where {0} order by 1",
            new RuleSql(schema).condition(rule, DSL.val(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6))))
        .map(r -> r.get(0, Long.class));
  }
}

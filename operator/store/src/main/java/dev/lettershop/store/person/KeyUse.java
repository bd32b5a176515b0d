package dev.lettershop.store.person;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.profile.Protection;
import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.Keyset;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.SourcePositions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;

/** With which of the store's keys something is encrypted, and its renewal. Thread-safe. */
public final class KeyUse {
  private static final int STEP = 2000;
  private static final String DOING = "bring what is stored under the primary keys";

  private final Database database;

  public KeyUse(Database database) {
    this.database = database;
  }

  /** The keys, without their secrets. */
  public Keyset keyset() {
    return database.vault().keyset();
  }

  /** How much each key encrypts: keys of persons, deterministic values and quarantined rows. */
  public Map<Long, Long> values(ProfileSchema schema) {
    return database.once(
        "count what keys encrypt",
        db -> {
          Map<Long, Long> values = new HashMap<>();
          count(db, "select left(wrapped, 8), count(*) from person_key group by 1", values);
          count(
              db,
              "select substr(raw, 8, 8), count(*) from quarantine where raw like 'sealed:%' group by 1",
              values);
          for (String attribute : deterministic(schema)) {
            db.fetch(
                    "select left({0}, 8), count(*) from profile where {0} is not null group by 1",
                    DSL.name(attribute))
                .forEach(row -> add(row, values));
          }
          return values;
        });
  }

  private static void count(DSLContext db, String query, Map<Long, Long> values) {
    db.fetch(query).forEach(row -> add(row, values));
  }

  private static void add(Record row, Map<Long, Long> values) {
    values.merge(Vault.keyId(row.get(0, String.class)), row.get(1, Long.class), Long::sum);
  }

  private static List<String> deterministic(ProfileSchema schema) {
    return schema.attributes().values().stream()
        .filter(a -> a.protection() == Protection.Deterministic)
        .map(AttributeDefinition::name)
        .toList();
  }

  /**
   * Brings everything under the primary keys, in small transactions. What is under them already is
   * passed over, so that it can be stopped at any moment and called again.
   *
   * @param progress is told how much was looked at so far
   */
  public RewrapReport rewrap(ProfileSchema schema, String actor, LongConsumer progress) {
    noteRotation(actor);
    Walk walk = new Walk(progress);
    long keys = walk.through(this::rewrapKeys);
    long values = 0;
    for (String attribute : deterministic(schema)) {
      values += walk.through(after -> renewValues(attribute, after));
      values += walk.through(after -> renewContributions(attribute, after));
    }
    long quarantined = walk.through(this::resealQuarantine);
    new SourcePositions(database).reseal();
    RewrapReport done = new RewrapReport(keys, values, quarantined);
    new AuditLog(database)
        .append(
            "keys.rewrapped",
            actor,
            null,
            Map.of(
                "primary",
                primary("aead"),
                "personKeys",
                keys,
                "values",
                values,
                "quarantined",
                quarantined));
    return done;
  }

  /**
   * Keys are rotated in a file, far from the database: here it sees a new one for the first time.
   */
  private void noteRotation(String actor) {
    List<Long> ids =
        keyset().keys().stream()
            .filter(key -> key.purpose().equals("aead"))
            .map(Keyset.Key::id)
            .toList();
    if (ids.size() < 2) {
      return;
    }
    long primary = primary("aead");
    database.transact(
        "note a rotation of keys",
        db -> {
          boolean known =
              db.fetchSingle(
                      """
                      select exists (select from audit
                        where action = 'keys.rotated' and detail ->> 'primary' = ?)
                      """,
                      Long.toString(primary))
                  .get(0, Boolean.class);
          if (!known) {
            AuditLog.append(
                db, "keys.rotated", actor, null, Map.of("primary", primary, "keys", ids.size()));
          }
          return null;
        });
  }

  private long primary(String purpose) {
    return keyset().keys().stream()
        .filter(key -> key.primary() && key.purpose().equals(purpose))
        .findFirst()
        .orElseThrow()
        .id();
  }

  /**
   * One step.
   *
   * @param last the last row that was looked at; null when there are no more
   */
  private record Step(Record last, int looked, long renewed) {}

  @FunctionalInterface
  private interface Steps {
    /**
     * @param after the last row of the step before, or null
     */
    Step next(Record after);
  }

  private static final class Walk {
    private final LongConsumer progress;
    private long looked;

    Walk(LongConsumer progress) {
      this.progress = progress;
    }

    long through(Steps steps) {
      long renewed = 0;
      Step step = steps.next(null);
      while (step.last() != null) {
        renewed += step.renewed();
        long before = looked;
        looked += step.looked();
        if (before / 100_000 != looked / 100_000) {
          progress.accept(looked);
        }
        step = steps.next(step.last());
      }
      return renewed;
    }
  }

  private Step rewrapKeys(Record after) {
    Vault vault = database.vault();
    long primary = primary("aead");
    return database.transact(
        DOING,
        db -> {
          Result<Record> rows =
              db.fetch(
                  """
                  select profile_id, lock, wrapped from person_key where (profile_id, lock) > (?, ?)
                  order by profile_id, lock limit ?
                  """,
                  after == null ? Long.MIN_VALUE : after.get(0),
                  after == null ? "" : after.get(1),
                  STEP);
          List<Object[]> renewed = new ArrayList<>();
          for (Record row : rows) {
            String wrapped = row.get(2, String.class);
            if (Vault.keyId(wrapped) != primary) {
              String lock = row.get(1, String.class);
              renewed.add(new Object[] {row.get(0), lock, vault.rewrapped(lock, wrapped)});
            }
          }
          db.execute(
              """
              update person_key k set wrapped = n.wrapped
              from unnest(?::bigint[], ?::text[], ?::text[]) n(profile_id, lock, wrapped)
              where k.profile_id = n.profile_id and k.lock = n.lock
              """,
              column(renewed, 0, new Long[0]),
              column(renewed, 1, new String[0]),
              column(renewed, 2, new String[0]));
          return step(rows, renewed.size());
        });
  }

  private Step renewValues(String attribute, Record after) {
    return database.transact(
        DOING,
        db -> {
          Result<Record> rows =
              db.fetch(
                  "select id, {0} from profile where id > {1} and {0} is not null order by id limit {2}",
                  DSL.name(attribute),
                  DSL.val(after == null ? Long.valueOf(Long.MIN_VALUE) : after.get(0, Long.class)),
                  DSL.val(STEP));
          List<Object[]> renewed = renewed(attribute, rows, 1);
          db.execute(
              """
              update profile p set {0} = n.value
              from unnest({1}::bigint[], {2}::text[], {3}::text[]) n(id, was, value)
              where p.id = n.id and p.{0} = n.was
              """,
              DSL.name(attribute),
              DSL.val(column(renewed, 0, new Long[0])),
              DSL.val(column(renewed, 1, new String[0])),
              DSL.val(column(renewed, 2, new String[0])));
          return step(rows, renewed.size());
        });
  }

  private Step renewContributions(String attribute, Record after) {
    return database.transact(
        DOING,
        db -> {
          Result<Record> rows =
              db.fetch(
                  """
                  select profile_id, attributes ->> ?, origin, key from contribution
                  where (profile_id, origin, key) > (?, ?, ?) and jsonb_exists(attributes, ?)
                  order by profile_id, origin, key limit ?
                  """,
                  attribute,
                  after == null ? Long.MIN_VALUE : after.get(0),
                  after == null ? 0 : after.get(2),
                  after == null ? "" : after.get(3),
                  attribute,
                  STEP);
          List<Object[]> renewed = renewed(attribute, rows, 1);
          for (Object[] value : renewed) {
            db.execute(
                """
                update contribution set attributes = attributes || jsonb_build_object(?::text, ?::text)
                where profile_id = ? and attributes ->> ? = ?
                """,
                attribute,
                value[2],
                value[0],
                attribute,
                value[1]);
          }
          return step(rows, renewed.size());
        });
  }

  /** Id, old and new value of each row whose value is not under the primary key. */
  private List<Object[]> renewed(String attribute, Result<Record> rows, int value) {
    Vault vault = database.vault();
    long primary = primary("deterministicAead");
    List<Object[]> renewed = new ArrayList<>();
    for (Record row : rows) {
      String stored = row.get(value, String.class);
      if (Vault.keyId(stored) != primary) {
        renewed.add(
            new Object[] {row.get(0), stored, vault.renewedDeterministic(attribute, stored)});
      }
    }
    return renewed;
  }

  private Step resealQuarantine(Record after) {
    Vault vault = database.vault();
    long primary = primary("aead");
    return database.transact(
        DOING,
        db -> {
          Result<Record> rows =
              db.fetch(
                  "select id, raw from quarantine where id > ? and raw like 'sealed:%' order by id limit ?",
                  after == null ? Long.MIN_VALUE : after.get(0), STEP);
          int renewed = 0;
          for (Record row : rows) {
            String raw = row.get(1, String.class);
            if (Vault.keyId(raw.substring(raw.indexOf(':') + 1)) != primary) {
              db.execute(
                  "update quarantine set raw = ? where id = ?",
                  vault.sealText(vault.openText(raw)),
                  row.get(0));
              renewed++;
            }
          }
          return step(rows, renewed);
        });
  }

  private static Step step(Result<Record> rows, long renewed) {
    return new Step(rows.isEmpty() ? null : rows.get(rows.size() - 1), rows.size(), renewed);
  }

  private static <T> T[] column(List<Object[]> rows, int column, T[] empty) {
    return rows.stream().map(row -> row[column]).toList().toArray(empty);
  }
}

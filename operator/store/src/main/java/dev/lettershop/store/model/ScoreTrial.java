package dev.lettershop.store.model;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.rule.RuleSql;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Says what other outputs of a model would change, and changes nothing. Thread-safe. */
public final class ScoreTrial {
  private static final String MOVED =
      """
      with was as (select profile_id, score, cluster from model_output where model = ?)
      select coalesce(w.cluster, tenth(w.score)), coalesce(t.cluster, tenth(t.score)), count(*)
      from was w full join tried t on t.profile_id = w.profile_id
      group by 1, 2 order by 3 desc, 1, 2
      """
          .replace("tenth(w.score)", tenth("w.score"))
          .replace("tenth(t.score)", tenth("t.score"));

  private final Database database;

  public ScoreTrial(Database database) {
    this.database = database;
  }

  private static String tenth(String score) {
    return "to_char(least(floor(" + score + " * 10), 9) / 10, 'FM0.0')";
  }

  /**
   * People who have one output and would have another.
   *
   * @param from a group, or the tenth in which a score lies, such as 0.3; null for none
   * @param to the same, afterwards
   */
  public record Moved(String from, String to, long people) {}

  /** How many people a segment holds by its rule, and how many it would hold. */
  public record Resized(String segment, long now, long then) {}

  /**
   * What would change.
   *
   * @param people who would have an output
   * @param moved the most people first
   */
  public record Outcome(long people, List<Moved> moved, List<Resized> segments) {
    public Outcome {
      moved = List.copyOf(moved);
      segments = List.copyOf(segments);
    }
  }

  /**
   * @param scoring puts what people would have
   * @param segments rules by name
   */
  public Outcome compare(
      ModelKey model,
      Consumer<ModelScores.Sink> scoring,
      Map<String, Rule> segments,
      ProfileSchema schema) {
    return database.transact(
        "compare outputs of a model",
        db -> {
          db.execute(
              """
              select set_config('work_mem', '128MB', true), set_config('jit', 'off', true),
                set_config('idle_in_transaction_session_timeout', '10min', true)
              """);
          db.execute(
              """
              create temporary table tried (profile_id bigint not null, score double precision,
                cluster text collate "C", keep text) on commit drop
              """);
          CopyLines.copy(
              db,
              "copy tried from stdin",
              lines -> scoring.accept(new ModelScores.Lines(lines, new boolean[1])));
          db.execute("analyze tried");
          List<Moved> moved = new ArrayList<>();
          long people = 0;
          for (var row : db.fetch(MOVED, model.text())) {
            String from = row.get(0, String.class);
            String to = row.get(1, String.class);
            long count = row.get(2, Long.class);
            people += to == null ? 0 : count;
            if (!Objects.equals(from, to)) {
              moved.add(new Moved(from, to, count));
            }
          }
          Map<String, Long> now = sizes(db, segments, schema);
          standIn(db, model);
          Map<String, Long> then = sizes(db, segments, schema);
          List<Resized> resized = new ArrayList<>();
          now.forEach((name, size) -> resized.add(new Resized(name, size, then.get(name))));
          return new Outcome(people, moved, resized);
        });
  }

  /** From here on, the transaction sees a table of its own where outputs are asked for. */
  private static void standIn(DSLContext db, ModelKey model) {
    db.execute(
        """
        create temporary table output_then on commit drop as
        select profile_id, model, score, cluster from model_output where model <> ?
        union all select profile_id, ?, score, cluster from tried
        """,
        model.text(),
        model.text());
    db.execute("create index on output_then (profile_id, model)");
    db.execute("alter table output_then rename to model_output");
    db.execute("analyze pg_temp.model_output");
  }

  private Map<String, Long> sizes(DSLContext db, Map<String, Rule> segments, ProfileSchema schema) {
    OffsetDateTime now = db.fetchSingle("select now()").get(0, OffsetDateTime.class);
    Field<OffsetDateTime> moment = DSL.inline(now, SQLDataType.TIMESTAMPWITHTIMEZONE(6));
    Map<String, Long> sizes = new TreeMap<>();
    segments.forEach(
        (name, rule) ->
            sizes.put(
                name,
                db.fetchSingle(
                        "select count(*) from profile p where {0}",
                        new RuleSql(schema, database.vault()).condition(rule, moment))
                    .get(0, Long.class)));
    return sizes;
  }
}

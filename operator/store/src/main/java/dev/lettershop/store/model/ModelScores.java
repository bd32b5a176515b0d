package dev.lettershop.store.model;

import dev.lettershop.store.database.Database;
import java.time.Duration;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/**
 * Writes what a model says about people, all at once: whoever is not scored has no output any more,
 * and rows that say the same as before are not touched, so that segments look only at those of whom
 * something has changed. Thread-safe.
 */
public final class ModelScores {
  /** Takes outputs. */
  public interface Sink {
    /**
     * @param score null for none; rounded by whoever scores
     * @param group letters, digits and hyphens; null for none
     */
    void put(long profile, Double score, String group);

    /** Leaves the person's output as it is, unless it is older than allowed. */
    void keep(long profile);
  }

  /**
   * What was written.
   *
   * @param scored people who have an output now
   * @param changed people whose output came, went or is another one
   */
  public record Written(long scored, long changed) {}

  private final Database database;

  public ModelScores(Database database) {
    this.database = database;
  }

  /**
   * Replaces the outputs of a model by what {@code scoring} puts, or leaves all as it was when it
   * throws.
   */
  public Written replace(ModelKey model, Consumer<Sink> scoring) {
    return replace(model, Duration.ZERO, scoring);
  }

  /**
   * The same, where outputs may be kept.
   *
   * @param maxAge of outputs that are kept: since they changed, or since everybody was last scored,
   *     whichever is later
   */
  public Written replace(ModelKey model, Duration maxAge, Consumer<Sink> scoring) {
    return database.transact(
        "write scores",
        db -> {
          db.execute(
              """
              select pg_advisory_xact_lock(hashtextextended(?, 0)),
                set_config('work_mem', '128MB', true), set_config('jit', 'off', true),
                set_config('idle_in_transaction_session_timeout', '10min', true)
              """,
              "lettershop/scores/" + model.text());
          db.execute(
              """
              create temporary table scored (profile_id bigint not null, score double precision,
                cluster text collate "C", keep text) on commit drop
              """);
          boolean[] kept = {false};
          CopyLines.copy(
              db, "copy scored from stdin", lines -> scoring.accept(new Lines(lines, kept)));
          db.execute("analyze scored");
          if (kept[0]) {
            keep(db, model, maxAge);
          } else {
            db.execute(
                """
                insert into model_scored (model) values (?)
                on conflict (model) do update set complete_at = now()
                """,
                model.text());
          }
          return merge(db, model);
        });
  }

  /**
   * Takes the outputs that are kept for scored as they are, and those that are too old for gone.
   */
  private static void keep(DSLContext db, ModelKey model, Duration maxAge) {
    db.execute(
        """
        update scored s set score = o.score, cluster = o.cluster, keep = null
        from model_output o left join model_scored c on c.model = o.model
        where s.keep is not null and o.model = ? and o.profile_id = s.profile_id
          and greatest(o.computed_at, c.complete_at) > now() - make_interval(secs => ?)
        """,
        model.text(),
        maxAge.toSeconds());
    db.execute("delete from scored where keep is not null");
  }

  private static Written merge(DSLContext db, ModelKey model) {
    int gone =
        db.execute(
            """
            delete from model_output o where o.model = ?
              and not exists (select 1 from scored s where s.profile_id = o.profile_id)
            """,
            model.text());
    int other =
        db.execute(
            """
            update model_output o set score = s.score, cluster = s.cluster, computed_at = now()
            from scored s
            where o.model = ? and o.profile_id = s.profile_id
              and (o.score is distinct from s.score or o.cluster is distinct from s.cluster)
            """,
            model.text());
    int come =
        db.execute(
            """
            insert into model_output (profile_id, model, score, cluster)
            select s.profile_id, ?, s.score, s.cluster from scored s
            join profile p on p.id = s.profile_id
            where not exists (select 1 from model_output o
              where o.model = ? and o.profile_id = s.profile_id)
            """,
            model.text(),
            model.text());
    long scored =
        db.fetchSingle("select count(*) from model_output where model = ?", model.text())
            .get(0, Long.class);
    return new Written(scored, (long) gone + other + come);
  }

  /** People as lines. */
  record Lines(CopyLines lines, boolean[] kept) implements Sink {
    @Override
    public void put(long profile, Double score, String group) {
      lines.number(profile).number(score).text(group).text(null).end();
    }

    @Override
    public void keep(long profile) {
      kept[0] = true;
      lines.number(profile).number((Double) null).text(null).text("t").end();
    }
  }
}

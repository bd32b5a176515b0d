package dev.lettershop.store.model;

import dev.lettershop.store.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes what a model says about people, all at once: whoever is not scored has no output any more,
 * and rows that say the same as before are not touched, so that segments look only at those of whom
 * something has changed. Thread-safe.
 */
public final class ModelScores {
  private static final int BUFFER = 1 << 16;

  /** Takes outputs. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param score null for none; rounded by whoever scores
     * @param group letters, digits and hyphens; null for none
     */
    void put(long profile, Double score, String group);
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
                cluster text collate "C") on commit drop
              """);
          db.connection(connection -> copy(connection.unwrap(PGConnection.class), scoring));
          db.execute("analyze scored");
          return merge(db, model);
        });
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

  private static void copy(PGConnection connection, Consumer<Sink> scoring) throws SQLException {
    CopyIn copy = connection.getCopyAPI().copyIn("copy scored from stdin");
    try {
      Lines lines = new Lines(copy);
      scoring.accept(lines);
      lines.flush();
      copy.endCopy();
    } catch (UncheckedIOException e) {
      throw new DataAccessException("copying scores failed", e.getCause());
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** Lines of COPY's text format. */
  private static final class Lines implements Sink {
    private final CopyIn copy;
    private final StringBuilder buffer = new StringBuilder(BUFFER + 256);

    Lines(CopyIn copy) {
      this.copy = copy;
    }

    @Override
    public void put(long profile, Double score, String group) {
      buffer.append(profile).append('\t');
      if (score == null) {
        buffer.append("\\N");
      } else {
        buffer.append(score.doubleValue());
      }
      buffer.append('\t').append(group == null ? "\\N" : group).append('\n');
      if (buffer.length() > BUFFER) {
        flush();
      }
    }

    void flush() {
      try {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
      } catch (SQLException e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }
}

package dev.lettershop.store.model;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.rule.FeatureSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Select;

/**
 * Reads the features of many people as a stream: memory does not grow with their number.
 * Thread-safe.
 */
public final class FeatureRows {
  private static final int AT_ONCE = 5_000;

  /** Is told of each person. */
  @FunctionalInterface
  public interface Reader {
    /**
     * @param features NaN for unknown; the array is used again for the next person
     * @param label null when unknown, or none was asked for
     */
    void read(long profile, float[] features, Boolean label);
  }

  private final Database database;

  public FeatureRows(Database database) {
    this.database = database;
  }

  /**
   * Reads everybody of the population, in no order, as they are in one moment of the database.
   *
   * @return how many there were
   */
  public long read(ProfileSchema schema, FeatureSql.Question question, Reader reader) {
    return database.transact("read features of a model", db -> read(db, schema, question, reader));
  }

  private long read(
      DSLContext db, ProfileSchema schema, FeatureSql.Question question, Reader reader) {
    db.execute(
        """
        select set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true),
          set_config('work_mem', '128MB', true),
          set_config('idle_in_transaction_session_timeout', '10min', true)
        """);
    Select<?> query = new FeatureSql(schema, database.vault()).query(question);
    query.attach(db.configuration());
    int columns = question.features().size();
    float[] features = new float[columns];
    long count = 0;
    try (Cursor<?> cursor = query.fetchSize(AT_ONCE).fetchLazy()) {
      ResultSet rows = cursor.resultSet();
      while (rows.next()) {
        for (int i = 0; i < columns; i++) {
          features[i] = (float) rows.getDouble(2 + i);
          features[i] = rows.wasNull() ? Float.NaN : features[i];
        }
        Boolean label = question.label() == null ? null : (Boolean) rows.getObject(2 + columns);
        reader.read(rows.getLong(1), features, label);
        count++;
      }
      return count;
    } catch (SQLException e) {
      throw database.failure("read features of a model", e);
    }
  }
}

package dev.lettershop.store;

import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Record;

/** Looks into a store's tables, past the store. */
public final class StoreTables implements AutoCloseable {

  private final Connection connection;

  public StoreTables(StoreSettings settings) throws SQLException {
    this.connection = TestServer.connect(settings);
  }

  public long count(String query, Object... binds) {
    return Database.using(connection).fetchSingle(query, binds).get(0, Long.class);
  }

  public String text(String query, Object... binds) {
    return Database.using(connection).fetchSingle(query, binds).get(0, String.class);
  }

  public List<String> texts(String query, Object... binds) {
    return Database.using(connection).fetch(query, binds).map(r -> r.get(0, String.class));
  }

  public List<? extends Record> rows(String query, Object... binds) {
    return Database.using(connection).fetch(query, binds);
  }

  public void execute(String statement, Object... binds) {
    Database.using(connection).execute(statement, binds);
  }

  /** Empties what holds data, so that tests do not see each other's. */
  public void clear() {
    execute("alter table audit disable trigger all");
    execute(
        """
        truncate profile, identity, origin, contribution, separation, event, consent, consent_state, opt_out, suppression, domain_suppression,
          bounce, segment, membership, membership_history, model_output, model_scored, recommendation, popular_item, product, run, delivery, lease,
          quarantine, audit, person_key, merged_profile, sign_up, pause, run_resume, bucket,
          domain_rest, intake, intake_seen, visitor, link, hit, engagement, experiment, experiment_look, conversion, campaign_trigger, trigger_entry,
          trigger_tally, source_read restart identity
        """);
    execute("alter table audit enable trigger all");
    execute("update hit_mark set judged_to = 'epoch'");
    execute("update mail_event_mark set told_to = '-infinity'");
    // What a test writes for itself needs no run that has begun.
    execute("select make_delivery_partition()");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

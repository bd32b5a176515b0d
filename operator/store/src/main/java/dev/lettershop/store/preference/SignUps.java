package dev.lettershop.store.preference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.ledger.Run;
import dev.lettershop.store.ledger.RunKey;
import java.util.List;
import org.jooq.Record;

/**
 * Sign-ups on their way to consents: stored as they come in, taken one after the other, and mailed
 * by runs of their own in the ledger. Thread-safe; several processes may take sign-ups at once.
 */
public final class SignUps {
  private static final JsonMapper JSON = JsonMappers.PLAIN;

  private final Database database;
  private final SignUpIntake intake;

  public SignUps(Database database) {
    this.database = database;
    this.intake = new SignUpIntake(database);
  }

  /** Stores a sign-up; it is durable when this returns. */
  public void receive(String namespace, String collector, SignUp signUp) {
    String request = database.vault().sealText(write(signUp));
    database.once(
        "store a sign-up",
        db ->
            db.execute(
                "insert into sign_up (namespace, collector, request) values (?, ?, ?)",
                namespace,
                collector,
                request));
  }

  /**
   * Turns sign-ups into consents, and plans the mails that ask to confirm them: at most one an hour
   * for each form and person, whoever sends the form and however often.
   *
   * @param limit most to take at once
   * @return how many were taken
   */
  public int take(SignUpTerms terms, int limit) {
    return database.transact(
        "take sign-ups",
        db -> {
          List<Record> rows =
              List.copyOf(
                  db.fetch(
                      """
                      select id, request from sign_up where namespace = ? and collector = ?
                      order by id limit ? for update skip locked
                      """,
                      terms.namespace(),
                      terms.collector(),
                      limit));
          if (!rows.isEmpty()) {
            intake.take(
                db,
                terms,
                rows.stream()
                    .map(row -> read(database.vault().openText(row.get(1, String.class))))
                    .toList());
            db.execute(
                "delete from sign_up where id = any(?)",
                (Object) rows.stream().map(row -> row.get(0, Long.class)).toArray(Long[]::new));
          }
          return rows.size();
        });
  }

  /** Runs of confirmation mails that are not completed, the oldest first. */
  public List<RunKey> runs(SignUpTerms terms) {
    return database.once(
        "look for confirmation mails",
        db ->
            db.fetch(
                    """
                    select name from run where namespace = ? and campaign = ? and state = 'Frozen'
                    order by id
                    """,
                    terms.namespace(),
                    terms.campaign())
                .map(
                    row ->
                        new RunKey(terms.namespace(), terms.campaign(), row.get(0, String.class))));
  }

  /** Whether a mail of the run can go out now, or was left by a process that died. */
  public boolean isDue(Run run) {
    return database.once(
        "look for due confirmation mails",
        db ->
            db.fetchSingle(
                    """
                    select exists (
                      select from delivery d left join lease l on l.id = d.lease_id
                      where d.run_id = ?
                        and (d.state in ('planned', 'deferred') and d.next_attempt_at <= now()
                          or d.state in ('claimed', 'sending')
                            and (l.released_at is not null or l.expires_at < now())))
                    """,
                    run.id())
                .get(0, Boolean.class));
  }

  /** Completes a run to which nobody is added any more; says whether nothing in it is open. */
  public boolean complete(Ledger ledger, Run run) {
    boolean past =
        database.once(
            "look for the end of a run",
            db ->
                db.fetchSingle(
                        """
                        select date_trunc('hour', created_at) + interval '65 minutes' < now()
                        from run where id = ?
                        """,
                        run.id())
                    .get(0, Boolean.class));
    return past && ledger.complete(run);
  }

  private static String write(SignUp signUp) {
    try {
      return JSON.writeValueAsString(signUp);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A sign-up is plain data and must serialise");
    }
  }

  private static SignUp read(String json) {
    try {
      return JSON.readValue(json, SignUp.class);
    } catch (JsonProcessingException e) {
      // The cause's message quotes the text.
      throw new IllegalStateException("A stored sign-up cannot be read");
    }
  }
}

package dev.lettershop.store.preference;

import dev.lettershop.store.consent.ConsentEvidence;
import dev.lettershop.store.consent.ConsentStatements;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.profile.MergedProfiles;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * The second half of a double opt-in: somebody who was mailed says that the sign-up was theirs, or
 * was not. A sign-up is a consent of status Pending whose evidence names the run of the mail.
 * Thread-safe.
 */
public final class Confirmations {
  /** Member of the evidence: number of the run whose mail asks to confirm. */
  static final String RUN = "confirmation_run";

  private final Database database;

  public Confirmations(Database database) {
    this.database = database;
  }

  /** How things stand with a sign-up. */
  public enum State {
    /** Waits to be confirmed. */
    Open,
    /** Was confirmed, and counts still. */
    Confirmed,
    /** Too old, overtaken by a newer statement, or never heard of. */
    Over
  }

  /**
   * What one mail asks to confirm.
   *
   * @param topics that are open, or were confirmed by this mail
   * @param wordings that were agreed to, without repetition
   */
  public record Request(State state, Set<String> topics, Set<String> wordings) {}

  /** A consent that somebody asked for, and what became of it. */
  record Requested(Instant at, Map<String, Object> evidence, boolean latest, boolean confirmed) {}

  /**
   * Reads, and changes nothing.
   *
   * @param validFor how long after the sign-up it can be confirmed
   */
  public Request read(long runId, long profileId, Duration validFor, Instant now) {
    return database.transact(
        "read a sign-up",
        db -> {
          long id = MergedProfiles.present(db, profileId);
          return request(requested(db, database.vault(), runId, id), validFor, now);
        });
  }

  private static Request request(Map<String, Requested> requested, Duration validFor, Instant now) {
    Predicate<Requested> open = r -> r.latest() && r.at().plus(validFor).isAfter(now);
    State state =
        requested.values().stream().anyMatch(open)
            ? State.Open
            : requested.values().stream().anyMatch(Requested::confirmed)
                ? State.Confirmed
                : State.Over;
    Predicate<Requested> shown = state == State.Open ? open : Requested::confirmed;
    Set<String> topics = new TreeSet<>();
    Set<String> wordings = new TreeSet<>();
    requested.forEach(
        (topic, r) -> {
          if (shown.test(r)) {
            topics.add(topic);
            if (r.evidence().get("wording") instanceof String wording) {
              wordings.add(wording);
            }
          }
        });
    return new Request(state, topics, wordings);
  }

  /**
   * Grants what is open. Repeating it changes nothing and answers the same.
   *
   * @param evidence of the confirmation; added to that of the sign-up
   */
  public Request confirm(
      long runId, long profileId, Duration validFor, Instant now, Map<String, Object> evidence) {
    return answer(runId, profileId, validFor, now, ConsentStatus.Granted, evidence);
  }

  /** Denies what is open: somebody else had entered the address. */
  public Request decline(
      long runId, long profileId, Duration validFor, Instant now, Map<String, Object> evidence) {
    return answer(runId, profileId, validFor, now, ConsentStatus.Denied, evidence);
  }

  private Request answer(
      long runId,
      long profileId,
      Duration validFor,
      Instant now,
      ConsentStatus status,
      Map<String, Object> evidence) {
    return database.transact(
        "answer a sign-up",
        db -> {
          long id = Preferences.locked(db, profileId);
          Map<String, Requested> requested = requested(db, database.vault(), runId, id);
          Request request = request(requested, validFor, now);
          if (request.state() == State.Open) {
            Map<String, Object> mail = mail(db, runId, id);
            for (String topic : request.topics()) {
              Map<String, Object> all = new LinkedHashMap<>(requested.get(topic).evidence());
              all.putAll(mail);
              all.putAll(evidence);
              String source = source(db, id, topic);
              ConsentStatements.record(db, database.vault(), id, topic, status, source, all);
            }
          }
          return request;
        });
  }

  private static String source(DSLContext db, long id, String topic) {
    return db.fetchSingle(
            """
            select source from consent where profile_id = ? and topic = ? and status = 'Pending'
            order by occurred_at desc limit 1
            """,
            id,
            topic)
        .get(0, String.class);
  }

  /** When the mail went out, and what it said. */
  private static Map<String, Object> mail(DSLContext db, long runId, long id) {
    Map<String, Object> mail = new TreeMap<>();
    db.fetchOptional(
            """
            select d.updated_at, r.plan_hash from delivery d join run r on r.id = d.run_id
            where d.run_id = ? and d.profile_id = ? and d.state in ('sent', 'uncertain')
            """,
            runId,
            id)
        .ifPresent(
            row -> {
              mail.put("mail_sent_at", row.get(0, OffsetDateTime.class).toInstant().toString());
              mail.put("mail_plan", row.get(1, String.class));
            });
    return mail;
  }

  /** What was asked for on the way to a run's mail, by topic. */
  static Map<String, Requested> requested(DSLContext db, Vault vault, long runId, long id) {
    Map<String, Requested> requested = new TreeMap<>();
    Set<String> confirmed = new TreeSet<>();
    for (Record row :
        db.fetch(
            """
            select c.topic, c.status, c.occurred_at, c.evidence::text,
              s.status = c.status and s.occurred_at = c.occurred_at, s.status = 'Granted'
            from consent c
            join consent_state s on s.profile_id = c.profile_id and s.topic = c.topic
            where c.profile_id = ? and c.evidence is not null
              and c.status in ('Pending', 'Granted')
            order by c.occurred_at
            """,
            id)) {
      Map<String, Object> evidence = ConsentEvidence.opened(vault, row.get(3, String.class));
      if (!(evidence.get(RUN) instanceof Number run) || run.longValue() != runId) {
        continue;
      }
      String topic = row.get(0, String.class);
      if (row.get(1, String.class).equals("Pending")) {
        requested.put(
            topic,
            new Requested(
                row.get(2, OffsetDateTime.class).toInstant(),
                evidence,
                row.get(4, Boolean.class),
                false));
      } else if (row.get(5, Boolean.class)) {
        confirmed.add(topic);
      }
    }
    requested.replaceAll(
        (topic, r) -> new Requested(r.at(), r.evidence(), r.latest(), confirmed.contains(topic)));
    return requested;
  }
}

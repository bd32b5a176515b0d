package dev.lettershop.store.preference;

import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.consent.ConsentStatements;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.profile.LoadedProfile;
import dev.lettershop.store.load.profile.ProfileLoad;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Makes people, consents and planned mails of sign-ups. */
final class SignUpIntake {
  /** What a form says about somebody counts less than what any source says. */
  private static final int PRECEDENCE = 1;

  private final Database database;

  SignUpIntake(Database database) {
    this.database = database;
  }

  /**
   * @param db within the caller's transaction; profiles are loaded in transactions of their own
   *     before it takes any lock that a load waits for
   */
  void take(DSLContext db, SignUpTerms terms, List<SignUp> signUps) {
    signUps.stream()
        .filter(signUp -> known(db, signUp).isEmpty())
        .collect(Collectors.groupingBy(SignUp::form))
        .forEach((form, strangers) -> load(terms, form, strangers));
    for (SignUp signUp : signUps) {
      // Whoever could not be loaded is in quarantine, with the reason.
      known(db, signUp).ifPresent(id -> record(db, terms, signUp, id));
    }
  }

  private Optional<Long> known(DSLContext db, SignUp signUp) {
    return EmailKey.of(signUp.address())
        .map(database.vault()::address)
        .flatMap(
            key ->
                db.fetchOptional(
                    "select profile_id from identity where value = ? and kind = 'email'", key))
        .map(row -> row.get(0, Long.class));
  }

  private void load(SignUpTerms terms, String form, List<SignUp> strangers) {
    try (ProfileLoad load =
        new ProfileLoad(
            database,
            source(form),
            terms.schema(),
            "email",
            List.of(),
            PRECEDENCE,
            Continuation.Onwards)) {
      for (SignUp stranger : strangers) {
        Map<String, Object> attributes = new HashMap<>(stranger.attributes());
        attributes.put("email", stranger.address());
        attributes.put("locale", stranger.locale());
        load.add(new LoadedProfile(form, stranger.address(), attributes, Map.of()));
      }
      load.commit();
    }
  }

  private void record(DSLContext db, SignUpTerms terms, SignUp signUp, long profileId) {
    long id = Preferences.locked(db, profileId);
    Map<String, ConsentStatus> present = Preferences.consents(db, id);
    Long run = null;
    for (String topic : signUp.topics()) {
      OptIn optIn = terms.optIns().get(topic);
      ConsentStatus before = present.get(topic);
      if (optIn == null || optIn == OptIn.Implied || before == ConsentStatus.Granted) {
        // Nobody but the person may end or change what counts: there is nothing to ask for.
        continue;
      }
      Map<String, Object> evidence = new LinkedHashMap<>(signUp.evidence());
      if (optIn == OptIn.Single && before == null) {
        say(db, id, topic, ConsentStatus.Granted, signUp, evidence);
        continue;
      }
      if (terms.planHash() == null) {
        continue;
      }
      run = run == null ? plan(db, terms, signUp, id) : run;
      evidence.put(Confirmations.RUN, run);
      say(db, id, topic, ConsentStatus.Pending, signUp, evidence);
    }
  }

  private void say(
      DSLContext db,
      long id,
      String topic,
      ConsentStatus status,
      SignUp signUp,
      Map<String, Object> evidence) {
    ConsentStatements.record(
        db, database.vault(), id, topic, status, source(signUp.form()), evidence);
  }

  private static String source(String form) {
    return "sign-up/" + form;
  }

  /** Plans the mail unless the run of this hour has one for the person; says the run's number. */
  private static long plan(DSLContext db, SignUpTerms terms, SignUp signUp, long id) {
    db.execute("select make_delivery_partition()");
    String name =
        db.fetchSingle(
                "select ? || '-' || to_char(clock_timestamp() at time zone 'UTC', 'YYYYMMDDHH24')",
                signUp.form())
            .get(0, String.class);
    db.execute(
        """
        insert into run (namespace, campaign, name, plan_hash, plan, dry_run, test, on_uncertain,
          max_attempts, state, opt_in, audience, frozen_at)
        values (?, ?, ?, ?, '', false, false, 'Resend', ?, 'Frozen', 'Implied',
          '{"selected": 0, "skipped": {}}', now())
        on conflict (namespace, campaign, name) do nothing
        """,
        terms.namespace(),
        terms.campaign(),
        name,
        terms.planHash(),
        terms.maxAttempts());
    long run =
        db.fetchSingle(
                "select id from run where namespace = ? and campaign = ? and name = ?",
                terms.namespace(),
                terms.campaign(),
                name)
            .get(0, Long.class);
    // Due, so that it is found wherever a claim has come to in the order of profiles.
    db.execute(
        """
        insert into delivery (run_id, profile_id, address, state, next_attempt_at)
        select ?, id, hashtextextended(email_key, 0), 'planned', now() from profile
        where id = ? and email_key is not null
        on conflict do nothing
        """,
        run,
        id);
    return run;
  }
}

package dev.lettershop.store.bounce;

import dev.lettershop.store.bounce.Recorded.Effect;
import dev.lettershop.store.consent.ConsentStatements;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.load.MergedProfiles;
import dev.lettershop.store.schema.EmailKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Records what came back. Thread-safe; several processes may record at once. */
public final class BounceLog {
  private final Database database;

  public BounceLog(Database database) {
    this.database = database;
  }

  /**
   * When soft bounces suppress an address.
   *
   * @param bounces so many deliveries that bounced softly, at least 1
   * @param within older ones do not count
   */
  public record SoftLimit(int bounces, Duration within) {}

  /**
   * Records bounces with all that follows from them, in one transaction: when this returns, they
   * are in the store. Recording the same again changes nothing.
   *
   * @param transport name of the transport that they came back through
   * @return one for each bounce, in their order
   */
  public List<Recorded> record(String transport, List<Bounce> bounces, SoftLimit limit) {
    return database.transact(
        "record bounces",
        db -> bounces.stream().map(bounce -> record(db, transport, bounce, limit)).toList());
  }

  private Recorded record(DSLContext db, String transport, Bounce bounce, SoftLimit limit) {
    Record run = db.fetchOne("select topic from run where id = ?", bounce.runId());
    if (run == null) {
      return new Recorded(Effect.Stranger, false);
    }
    byte[] hash =
        address(db, bounce).map(database.vault()::address).map(EmailKey::hash).orElse(null);
    int inserted =
        db.execute(
            """
            insert into bounce (profile_id, run_id, kind, code, address_hash, transport)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """,
            bounce.profileId(),
            bounce.runId(),
            bounce.kind().name(),
            bounce.code(),
            hash,
            transport);
    if (inserted == 0) {
      return new Recorded(Effect.Repeated, false);
    }
    if (bounce.kind() == BounceKind.Complaint) {
      withdraw(db, bounce, run.get(0, String.class));
    }
    String reason = hash == null ? null : reason(db, bounce.kind(), hash, limit);
    return new Recorded(Effect.New, reason != null && suppress(db, bounce, hash, reason));
  }

  /** The address that was mailed: the profile's, unless it has changed meanwhile. */
  private Optional<String> address(DSLContext db, Bounce bounce) {
    Optional<String> present = present(db, bounce.profileId());
    if (bounce.addressCheck() == null) {
      return present;
    }
    Optional<String> reported = Optional.ofNullable(bounce.reportedAddress()).flatMap(EmailKey::of);
    return Stream.concat(present.stream(), reported.stream())
        .filter(key -> ByteBuffer.wrap(EmailKey.hash(key)).getInt() == bounce.addressCheck())
        .findFirst();
  }

  private Optional<String> present(DSLContext db, long profileId) {
    Record profile = db.fetchOne("select email_key, email from profile where id = ?", profileId);
    if (profile == null || profile.get(0) == null) {
      return Optional.empty();
    }
    return database.vault().encrypts()
        ? EmailKey.of(
            StoredKeys.of(db, database.vault(), List.of(profileId))
                .email(profile.get(1, String.class)))
        : Optional.of(profile.get(0, String.class));
  }

  /** Why the address is to be suppressed; null when it is not. */
  private static String reason(DSLContext db, BounceKind kind, byte[] hash, SoftLimit limit) {
    return switch (kind) {
      case Hard -> "hard bounce";
      case Complaint -> "complaint";
      case Policy -> null;
      case Soft -> {
        int count =
            db.fetchSingle(
                    """
                    select count(*) from bounce where kind = 'Soft' and address_hash = ?
                      and recorded_at > now() - ? * interval '1 second'
                    """,
                    hash,
                    limit.within().toSeconds())
                .get(0, Integer.class);
        yield count >= limit.bounces() ? "soft bounces" : null;
      }
    };
  }

  private static boolean suppress(DSLContext db, Bounce bounce, byte[] hash, String reason) {
    boolean added =
        db.execute(
                "insert into suppression (address_hash, reason) values (?, ?) on conflict do nothing",
                hash,
                reason)
            == 1;
    if (added) {
      db.execute(
          """
          insert into audit (action, actor, profile_id, detail)
          values ('suppress', 'bounces', ?, jsonb_build_object('reason', ?::text, 'run', ?::bigint))
          """,
          bounce.profileId(),
          reason,
          bounce.runId());
    }
    return added;
  }

  /** Of the topic that the run was about; a run whose audience is not frozen has none. */
  private void withdraw(DSLContext db, Bounce bounce, String topic) {
    if (topic != null) {
      ConsentStatements.record(
          db,
          database.vault(),
          MergedProfiles.present(db, bounce.profileId()),
          topic,
          ConsentStatus.Withdrawn,
          "complaint",
          Map.of());
    }
  }
}

package dev.lettershop.store.bounce;

import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.bounce.RecordedBounce.Effect;
import dev.lettershop.store.consent.ConsentStatements;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.database.StoredKeys;
import dev.lettershop.store.load.profile.MergedProfiles;
import dev.lettershop.store.suppression.AddressHash;
import dev.lettershop.store.suppression.SuppressionCause;
import dev.lettershop.store.suppression.SuppressionReason;
import dev.lettershop.store.suppression.Suppressions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
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
  public List<RecordedBounce> record(String transport, List<Bounce> bounces, SoftLimit limit) {
    return record(transport, bounces, List.of(), limit);
  }

  /**
   * The same, with bounces of which nobody says which delivery they are of: they count for their
   * address alone.
   *
   * @return one for each bounce, then one for each of the others
   */
  public List<RecordedBounce> record(
      String transport, List<Bounce> bounces, List<AddressBounce> others, SoftLimit limit) {
    return database.transact(
        "record bounces",
        db -> {
          List<Entry> entries =
              Stream.concat(
                      bounces.stream().map(bounce -> insert(db, transport, bounce)),
                      others.stream().map(other -> insert(db, transport, other)))
                  .toList();
          List<Entry> hard = entries.stream().filter(Entry::isNewHard).toList();
          new SuppressionGuard(db)
              .watch(
                  hard.stream().map(Entry::domain).toList(),
                  hard.stream().map(entry -> entry.bounce().diagnostic()).toList());
          return entries.stream().map(entry -> follow(db, entry, limit)).toList();
        });
  }

  /**
   * @param domain of the address, or null with the hash
   */
  private record Entry(Bounce bounce, Effect effect, byte[] hash, String domain) {
    boolean isNewHard() {
      return effect == Effect.New && hash != null && bounce.kind() == BounceKind.Hard;
    }
  }

  private Entry insert(DSLContext db, String transport, Bounce bounce) {
    Record run = db.fetchOne("select topic from run where id = ?", bounce.runId());
    if (run == null) {
      return new Entry(bounce, Effect.Stranger, null, null);
    }
    Optional<String> address = address(db, bounce);
    byte[] hash =
        address
            .map(database.vault()::address)
            .map(key -> AddressHash.of(db, database.vault(), key))
            .orElse(null);
    String domain = address.map(this::domain).orElse(null);
    if (!insert(db, transport, bounce, hash, domain)) {
      return new Entry(bounce, Effect.Repeated, hash, domain);
    }
    if (bounce.kind() == BounceKind.Complaint) {
      withdraw(db, bounce, run.get(0, String.class));
    }
    return new Entry(bounce, Effect.New, hash, domain);
  }

  private Entry insert(DSLContext db, String transport, AddressBounce other) {
    Optional<String> address = EmailKey.of(other.address());
    byte[] hash =
        address
            .map(database.vault()::address)
            .map(key -> AddressHash.of(db, database.vault(), key))
            .orElse(null);
    // Runs have positive numbers: a negative one is a report's.
    long number = ByteBuffer.wrap(EmailKey.hash(transport + "\0" + other.event())).getLong();
    Bounce bounce =
        new Bounce(
            -(number >>> 1) - 1, 0, null, null, other.kind(), other.code(), other.diagnostic());
    if (hash == null) {
      return new Entry(bounce, Effect.Stranger, null, null);
    }
    String domain = address.map(this::domain).orElse(null);
    boolean isNew = insert(db, transport, bounce, hash, domain);
    return new Entry(bounce, isNew ? Effect.New : Effect.Repeated, hash, domain);
  }

  private static boolean insert(
      DSLContext db, String transport, Bounce bounce, byte[] hash, String domain) {
    return db.execute(
            """
            insert into bounce
              (profile_id, run_id, kind, code, address_hash, transport, domain, diagnostic)
            values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """,
            bounce.profileId(),
            bounce.runId(),
            bounce.kind().name(),
            bounce.code(),
            hash,
            transport,
            domain,
            bounce.diagnostic())
        == 1;
  }

  private static RecordedBounce follow(DSLContext db, Entry entry, SoftLimit limit) {
    if (entry.effect() != Effect.New || entry.hash() == null || isHeld(db, entry)) {
      return new RecordedBounce(entry.effect(), false);
    }
    SuppressionReason reason = reason(db, entry.bounce().kind(), entry.hash(), limit);
    return new RecordedBounce(
        Effect.New, reason != null && suppress(db, entry.bounce(), entry.hash(), reason));
  }

  private static boolean isHeld(DSLContext db, Entry entry) {
    return entry.isNewHard()
        && db.fetchOne(
                """
                select 1 from bounce
                where profile_id = ? and run_id = ? and kind = 'Hard' and held = 'Held'
                """,
                entry.bounce().profileId(),
                entry.bounce().runId())
            != null;
  }

  /** As it is compared; a token in a store that encrypts, since few people may share a domain. */
  private String domain(String address) {
    String domain = address.substring(address.lastIndexOf('@') + 1);
    return database.vault().encrypts()
        ? HexFormat.of().formatHex(EmailKey.hash(database.vault().address("any@" + domain)), 0, 8)
        : domain;
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
  private static SuppressionReason reason(
      DSLContext db, BounceKind kind, byte[] hash, SoftLimit limit) {
    return switch (kind) {
      case Hard -> SuppressionReason.HardBounce;
      case Complaint -> SuppressionReason.Complaint;
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
        yield count >= limit.bounces() ? SuppressionReason.SoftBounces : null;
      }
    };
  }

  private static boolean suppress(
      DSLContext db, Bounce bounce, byte[] hash, SuppressionReason reason) {
    return Suppressions.add(
        db,
        hash,
        new SuppressionCause(
            reason,
            "bounces",
            bounce.kind().name(),
            bounce.code(),
            bounce.runId() < 0 ? null : bounce.runId(),
            null),
        bounce.profileId() == 0 ? null : bounce.profileId());
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

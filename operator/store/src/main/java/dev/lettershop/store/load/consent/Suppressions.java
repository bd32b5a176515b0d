package dev.lettershop.store.load.consent;

import dev.lettershop.store.audit.AuditLog;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.schema.EmailKey;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Addresses and domains that get no mail, whatever was consented to. Thread-safe. */
public final class Suppressions {

  private final Database database;

  public Suppressions(Database database) {
    this.database = database;
  }

  /**
   * Adds addresses, kept as hashes only. Those to which no mail could go anyway are ignored.
   *
   * @param reason e.g. {@code complaint}; without personal data
   * @return how many are new
   */
  public long add(Collection<String> addresses, String reason) {
    byte[][] hashes =
        addresses.stream()
            .flatMap(address -> EmailKey.of(address).stream())
            .map(database.vault()::address)
            .map(EmailKey::hash)
            .toArray(byte[][]::new);
    return database.<Long>transact(
        "suppress addresses",
        db -> {
          long added =
              db.execute(
                  """
                  insert into suppression (address_hash, reason)
                  select h, ? from unnest(?::bytea[]) h on conflict do nothing
                  """,
                  reason,
                  hashes);
          if (added > 0) {
            AuditLog.append(
                db,
                "addresses.suppressed",
                "suppressions",
                null,
                Map.of("addresses", added, "reason", reason));
          }
          return added;
        });
  }

  /** Adds a domain: nobody there is mailed. Its subdomains are not meant. */
  public boolean addDomain(String domain, String reason) {
    return database.transact(
        "suppress a domain",
        db ->
            db.execute(
                    """
                    insert into domain_suppression (domain, reason) values (?, ?)
                    on conflict do nothing
                    """,
                    domain.strip().toLowerCase(Locale.ROOT),
                    reason)
                == 1);
  }
}

package dev.lettershop.store.suppression;

import dev.lettershop.store.address.EmailKey;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.encryption.Vault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;

/**
 * Addresses and domains that get no mail, whatever was consented to. Whatever adds or lifts one, it
 * stands in the audit log. Thread-safe.
 */
public final class Suppressions {
  private final Database database;

  public Suppressions(Database database) {
    this.database = database;
  }

  /**
   * Adds addresses, kept as hashes only. Those that are there already keep their reason; those to
   * which no mail could go anyway are ignored.
   *
   * @return how many are new
   */
  public long add(Collection<String> addresses, SuppressionCause cause) {
    return addListed(
            addresses.stream().map(ListEntry::of).flatMap(Optional::stream).toList(), cause)
        .addresses();
  }

  /**
   * Adds a domain: nobody there is mailed. Its subdomains are not meant.
   *
   * @return whether it is new
   * @throws IllegalArgumentException when no mail goes to such a domain
   */
  public boolean addDomain(String domain, SuppressionCause cause) {
    return addListed(List.of(new ListEntry(null, "@" + domainKey(domain))), cause).domains() == 1;
  }

  /** What was added, or lifted, or would be. */
  public record Changed(long addresses, long domains) {
    public boolean isNothing() {
      return addresses + domains == 0;
    }
  }

  /**
   * Adds what a list has. Of addresses, hashes alone are kept; what is there already keeps its
   * reason.
   *
   * @return how many are new
   */
  public Changed addListed(Collection<ListEntry> entries, SuppressionCause cause) {
    Vault vault = database.vault();
    List<String> domains =
        entries.stream().filter(ListEntry::isDomain).map(e -> e.value().substring(1)).toList();
    return database.transact(
        "add suppressions",
        db -> {
          Map<HashForm, List<byte[]>> listed = new EnumMap<>(HashForm.class);
          List<String> own = new ArrayList<>();
          for (ListEntry entry : entries) {
            if (!entry.isDomain()) {
              ownKey(vault, entry)
                  .ifPresentOrElse(
                      own::add,
                      () ->
                          listed
                              .computeIfAbsent(entry.form(), form -> new ArrayList<>())
                              .add(HexFormat.of().parseHex(entry.value())));
            }
          }
          long added = add(db, AddressHash.of(db, vault, own), null, cause, null);
          for (Map.Entry<HashForm, List<byte[]>> form : listed.entrySet()) {
            added += add(db, AddressHash.ofListed(db, form.getValue()), form.getKey(), cause, null);
          }
          return new Changed(added, addDomains(db, domains, cause));
        });
  }

  /**
   * What the store's own hash of an entry is made of: the address as profiles hold it, or the token
   * to which its SHA-256 leads in a store that encrypts; empty when only the list's hash is known.
   */
  public static Optional<String> ownKey(Vault vault, ListEntry entry) {
    if (entry.form() == null) {
      return Optional.of(vault.address(entry.value()));
    }
    return vault.encrypts() && entry.form() == HashForm.Sha256
        ? Optional.of(vault.addressToken(HexFormat.of().parseHex(entry.value())))
        : Optional.empty();
  }

  /**
   * Adds one address in the caller's transaction, which comes to its end with this: the audit log
   * is written.
   *
   * @param hash by {@link AddressHash}
   * @param profileId whose address it is, or null
   * @return whether it is new
   */
  public static boolean add(DSLContext db, byte[] hash, SuppressionCause cause, Long profileId) {
    return add(db, List.of(hash), null, cause, profileId) == 1;
  }

  private static long add(
      DSLContext db,
      Collection<byte[]> hashes,
      HashForm listed,
      SuppressionCause cause,
      Long profileId) {
    if (hashes.isEmpty()) {
      return 0;
    }
    return SuppressionRows.add(
        db,
        new SuppressionRows.Author(cause.source(), profileId, detail(cause)),
        """
        select distinct h, ?, ?, ?, ?, ?, ?::bigint, ?, now() from unnest(?::bytea[]) h
        """,
        listed == null ? null : listed.name(),
        cause.reason().name(),
        cause.source(),
        cause.message(),
        cause.code(),
        cause.runId(),
        cause.note(),
        hashes.toArray(byte[][]::new));
  }

  private static long addDomains(DSLContext db, List<String> domains, SuppressionCause cause) {
    if (domains.isEmpty()) {
      return 0;
    }
    return SuppressionRows.addDomains(
        db,
        new SuppressionRows.Author(cause.source(), null, detail(cause)),
        "select distinct d, ?, ?, ?, now() from unnest(?::text[]) d",
        cause.reason().name(),
        cause.source(),
        cause.note(),
        domains.toArray(String[]::new));
  }

  private static Map<String, Object> detail(SuppressionCause cause) {
    Map<String, Object> detail = new TreeMap<>();
    detail.put("reason", cause.reason().name());
    if (cause.runId() != null) {
      detail.put("run", cause.runId());
    }
    if (cause.code() != null) {
      detail.put("code", cause.code());
    }
    return detail;
  }

  /**
   * What is known of one address in the caller's transaction, the newest first.
   *
   * @throws IllegalArgumentException when no mail could go to such an address
   */
  public static List<Suppression> of(DSLContext db, Vault vault, String address) {
    return new SuppressionFinder(db, vault)
        .list(SuppressionQuery.ofAddress(address), HashForm.values().length + 1);
  }

  static String domainKey(String domain) {
    return EmailKey.domainOf(domain)
        .orElseThrow(() -> new IllegalArgumentException("No mail goes to such a domain"));
  }

  /** The newest that are meant, the newest first. */
  public List<Suppression> list(SuppressionQuery query, int limit) {
    return database.transact(
        "list suppressions", db -> new SuppressionFinder(db, database.vault()).list(query, limit));
  }

  /**
   * Lifts suppressions: mail may go there again, as far as consents allow it. Soft bounces of these
   * addresses count from nothing. Those of erased people are lifted only when their address is
   * named.
   *
   * @param actor who asks for it, for the audit log
   * @param dryRun whether it is only said what would be lifted
   */
  public Changed remove(SuppressionQuery query, String actor, boolean dryRun) {
    if (query.equals(SuppressionQuery.ALL)) {
      throw new IllegalArgumentException("Say which suppressions to lift");
    }
    return database.transact(
        "lift suppressions",
        db -> {
          SuppressionFinder reading = new SuppressionFinder(db, database.vault());
          List<byte[]> addresses = reading.addresses(query);
          List<String> domains = reading.domains(query);
          Changed lifted = new Changed(addresses.size(), domains.size());
          if (dryRun || lifted.isNothing()) {
            return lifted;
          }
          db.execute(
              "delete from bounce where kind = 'Soft' and address_hash = any(?::bytea[])",
              (Object) addresses.toArray(byte[][]::new));
          SuppressionRows.remove(db, actor, addresses, domains);
          return lifted;
        });
  }

  /**
   * All that stands against mail to one address.
   *
   * @throws IllegalArgumentException when no mail could go to such an address
   */
  public AddressReport explain(String address) {
    return database.transact(
        "explain the suppression of an address",
        db -> new SuppressionFinder(db, database.vault()).explain(address));
  }
}

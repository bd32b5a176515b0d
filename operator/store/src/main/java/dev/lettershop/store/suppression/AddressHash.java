package dev.lettershop.store.suppression;

import dev.lettershop.store.encryption.Vault;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;

/**
 * The hash by which suppressions, pauses and bounces know an address: SHA-256 over the store's salt
 * and the address as it is compared, so that no two stores have the same one. In a store that
 * encrypts, the keyed token of the address takes its place, so that the database alone cannot test
 * an address.
 */
public final class AddressHash {
  private static final String SALT = "(select value from store_salt)";

  private AddressHash() {}

  /**
   * SQL for the hash of an address.
   *
   * @param emailKey SQL for the address as profiles hold it
   */
  public static String sql(Vault vault, String emailKey) {
    String subject = vault.encrypts() ? "split_part(" + emailKey + ", '@', 1)" : emailKey;
    return "sha256(" + SALT + " || convert_to(" + subject + ", 'UTF8'))";
  }

  /**
   * SQL for the hash of an address as a list of SHA-256 hashes from elsewhere has it.
   *
   * @param emailKey SQL for the address as profiles hold it, in a store that does not encrypt
   */
  public static String listedSql(String emailKey) {
    return listedSqlOf("sha256(convert_to(" + emailKey + ", 'UTF8'))");
  }

  /**
   * The same for any digest.
   *
   * @param digest SQL for what the list has, as bytes
   */
  public static String listedSqlOf(String digest) {
    return "sha256(" + SALT + " || " + digest + ")";
  }

  /**
   * The hash of an address.
   *
   * @param emailKey the address as profiles hold it
   */
  public static byte[] of(DSLContext db, Vault vault, String emailKey) {
    return db.fetchSingle("select " + sql(vault, "?::text"), emailKey).get(0, byte[].class);
  }

  /** The same for several. */
  public static List<byte[]> of(DSLContext db, Vault vault, Collection<String> emailKeys) {
    return db.fetch(
            "select " + sql(vault, "k") + " from unnest(?::text[]) k",
            (Object) emailKeys.toArray(String[]::new))
        .map(row -> row.get(0, byte[].class));
  }

  /**
   * The hashes of what a list from elsewhere has: digests of addresses as they are compared.
   *
   * @param digests of a form that leads to no token
   */
  static List<byte[]> ofListed(DSLContext db, Collection<byte[]> digests) {
    return db.fetch(
            "select " + listedSqlOf("d") + " from unnest(?::bytea[]) d",
            (Object) digests.toArray(byte[][]::new))
        .map(row -> row.get(0, byte[].class));
  }
}

package dev.lettershop.store.database;

import dev.lettershop.store.encryption.PersonKeys;
import dev.lettershop.store.encryption.Vault;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;

/** Fetches the keys of persons. */
public final class StoredKeys {
  private StoredKeys() {}

  /**
   * What opens the sealed values of some profiles; asks nothing in a store that does not encrypt.
   */
  public static PersonKeys of(DSLContext db, Vault vault, Collection<Long> profiles) {
    Map<String, String> wrapped = new HashMap<>();
    if (vault.encrypts() && !profiles.isEmpty()) {
      db.fetch(
              "select lock, wrapped from person_key where profile_id = any(?::bigint[])",
              (Object) profiles.toArray(Long[]::new))
          .forEach(row -> wrapped.put(row.get(0, String.class), row.get(1, String.class)));
    }
    return vault.open(wrapped);
  }
}

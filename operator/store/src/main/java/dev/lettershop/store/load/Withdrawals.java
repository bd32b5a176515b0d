package dev.lettershop.store.load;

import dev.lettershop.store.encryption.Vault;
import java.util.Map;
import org.jooq.DSLContext;

/** Consents that somebody takes back other than through a source. */
public final class Withdrawals {
  private Withdrawals() {}

  /**
   * Ends the consent of one profile to one topic, from now on.
   *
   * @param db within the caller's transaction
   * @param source what it was expressed by, e.g. {@code complaint}
   */
  public static void record(DSLContext db, long profileId, String topic, String source) {
    ConsentStatements.record(
        db, Vault.NONE, profileId, topic, ConsentStatus.Withdrawn, source, Map.of());
  }
}

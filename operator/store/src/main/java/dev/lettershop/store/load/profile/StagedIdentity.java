package dev.lettershop.store.load.profile;

import dev.lettershop.store.encryption.PersonSeal;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.store.load.CopyRows;
import dev.lettershop.store.load.LoadSession;

/**
 * Whom a staged event or consent is about: {@code ident}, as identities are stored. Of an encrypted
 * address that is not the address, so that {@code email} holds it, sealed, for the profile of
 * somebody not known before.
 */
public final class StagedIdentity {

  /** Kind of identity of somebody of whom nothing else is known. */
  public static final String VISITOR = "anonymous";

  private final Vault vault;
  private final String kind;
  private final boolean sealed;

  public StagedIdentity(Vault vault, String kind) {
    this.vault = vault;
    this.kind = kind;
    this.sealed = kind.equals("email") && vault.encrypts();
  }

  public String kind() {
    return kind;
  }

  /** Whether {@code load_stage} has the columns {@code email}, {@code lock} and {@code wrapped}. */
  public boolean sealed() {
    return sealed;
  }

  public String definitions() {
    return "ident text collate \"C\", "
        + (sealed ? "email text, lock text collate \"C\", wrapped text, " : "");
  }

  /**
   * Writes the columns, and fails the row where nobody is named.
   *
   * @param about what is about nobody then, for the reason
   * @return as it is stored, or null
   */
  public String write(CopyRows row, String value, String about) {
    String compared = LoadSession.identity(kind, value);
    if (compared == null) {
      row.fail(kind, "is missing or no valid value: the " + about + " belongs to nobody");
    } else if (compared.length() > LoadSession.MAX_IDENTITY) {
      row.fail(kind, "is longer than " + LoadSession.MAX_IDENTITY + " characters");
    }
    String ident = compared == null ? null : vault.identity(kind, compared);
    row.check(kind, compared).string(kind, ident);
    if (sealed) {
      PersonSeal seal = vault.seal(compared);
      row.string("email", seal.seal("email", compared))
          .string("lock", seal.lock())
          .string("wrapped", seal.wrapped());
    }
    return ident;
  }
}

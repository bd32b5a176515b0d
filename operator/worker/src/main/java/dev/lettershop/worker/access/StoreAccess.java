package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.SecretKeyRef;
import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import dev.lettershop.api.v1alpha1.store.PostgresqlTls;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.Store;
import dev.lettershop.store.database.StoreLogin;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.encryption.KeysetException;
import dev.lettershop.store.encryption.Vault;
import dev.lettershop.worker.RunException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Puts a plan's store and its Secrets together. */
public final class StoreAccess {
  private StoreAccess() {}

  /**
   * Opens a store, with its keys when it encrypts.
   *
   * @throws RunException when a Secret or key is missing, or holds no keyset
   * @throws dev.lettershop.store.database.StoreException when it cannot be opened
   */
  public static Store open(Plan.Store store, Secrets secrets, CredentialFiles files) {
    String secret = store.postgresql().credentialsSecretRef().name();
    return Store.open(of(store, secret, secrets, files), vault(store, secrets));
  }

  /**
   * The same for a process that the public reaches: with the rights of its role, and without
   * connecting, since it also answers while the server is away.
   *
   * @param credentials its own user; null for the store's
   */
  public static Store openForCollector(
      Plan.Store store, LocalRef credentials, Secrets secrets, CredentialFiles files) {
    String secret =
        credentials == null ? store.postgresql().credentialsSecretRef().name() : credentials.name();
    return Store.openForCollector(
        of(store, secret, secrets, files),
        () -> login(store, secret, secrets),
        vault(store, secrets));
  }

  /** The same with the rights of the store's own user. */
  public static Store openLater(Plan.Store store, Secrets secrets, CredentialFiles files) {
    String secret = store.postgresql().credentialsSecretRef().name();
    return Store.openLater(
        of(store, secret, secrets, files),
        () -> login(store, secret, secrets),
        vault(store, secrets));
  }

  private static Vault vault(Plan.Store store, Secrets secrets) {
    if (store.encryption() == null) {
      return Vault.NONE;
    }
    SecretKeyRef ref = store.encryption().keysetSecretRef();
    String field = "ProfileStore/" + store.name() + " spec.encryption.keysetSecretRef";
    try {
      return Vault.of(
          store.schema(),
          () -> secrets.require(field, ref.name(), ref.key()).getBytes(StandardCharsets.UTF_8));
    } catch (KeysetException e) {
      throw RunException.configuration(
          field + ": the key \"" + ref.key() + "\" of Secret/" + ref.name() + " " + e.getMessage());
    }
  }

  /**
   * @throws RunException when a Secret or key is missing
   */
  private static StoreSettings of(
      Plan.Store store, String secret, Secrets secrets, CredentialFiles files) {
    PostgresqlConnection declared = store.postgresql();
    String resource = "ProfileStore/" + store.name() + " spec.postgresql.";
    StoreLogin login = login(store, secret, secrets);
    PostgresqlTls tls = declared.tls();
    Path ca = null;
    if (tls != null && tls.caSecretRef() != null) {
      ca =
          files.write(
              "database-ca",
              secrets.require(
                  resource + "tls.caSecretRef", tls.caSecretRef().name(), tls.caSecretRef().key()));
    }
    return StoreSettings.of(declared, login.username(), login.password(), ca);
  }

  private static StoreLogin login(Plan.Store store, String secret, Secrets secrets) {
    String field = "ProfileStore/" + store.name() + " spec.postgresql.credentialsSecretRef";
    return new StoreLogin(
        secrets.require(field, secret, "username"), secrets.require(field, secret, "password"));
  }
}

package dev.lettershop.worker;

import dev.lettershop.api.v1alpha1.PostgresqlConnection;
import dev.lettershop.api.v1alpha1.PostgresqlTls;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.database.StoreSettings;
import java.nio.file.Path;

/** Puts a plan's store and its Secrets together. */
final class StoreAccess {
  private StoreAccess() {}

  /**
   * @throws RunException when a Secret or key is missing
   */
  static StoreSettings of(Plan.Store store, Secrets secrets, CredentialFiles files) {
    PostgresqlConnection declared = store.postgresql();
    String resource = "ProfileStore/" + store.name() + " spec.postgresql.";
    String secret = declared.credentialsSecretRef().name();
    String username = secrets.require(resource + "credentialsSecretRef", secret, "username");
    String password = secrets.require(resource + "credentialsSecretRef", secret, "password");
    PostgresqlTls tls = declared.tls();
    Path ca = null;
    if (tls != null && tls.caSecretRef() != null) {
      ca =
          files.write(
              "database-ca",
              secrets.require(
                  resource + "tls.caSecretRef", tls.caSecretRef().name(), tls.caSecretRef().key()));
    }
    return StoreSettings.of(declared, username, password, ca);
  }
}

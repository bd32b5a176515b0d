package dev.lettershop.worker.access;

import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.Store;
import dev.lettershop.worker.RunException;

/** A store that is open, with what was needed to open it. */
public final class StoreOpening implements AutoCloseable {
  private final CredentialFiles files;
  private final Store store;

  private StoreOpening(CredentialFiles files, Store store) {
    this.files = files;
    this.store = store;
  }

  /**
   * @throws RunException when a Secret is missing
   * @throws dev.lettershop.store.database.StoreException when it cannot be opened
   */
  public static StoreOpening of(Plan.Store plan, Secrets secrets) {
    CredentialFiles files = new CredentialFiles();
    try {
      return new StoreOpening(files, StoreAccess.open(plan, secrets, files));
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /**
   * Opens without connecting, with the rights of a process that the public reaches.
   *
   * @param credentials its own user; null for the store's
   * @throws RunException when a Secret is missing
   */
  public static StoreOpening forCollector(Plan.Store plan, LocalRef credentials, Secrets secrets) {
    CredentialFiles files = new CredentialFiles();
    try {
      return new StoreOpening(
          files, StoreAccess.openForCollector(plan, credentials, secrets, files));
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /**
   * Opens without connecting.
   *
   * @throws RunException when a Secret is missing
   */
  public static StoreOpening later(Plan.Store plan, Secrets secrets) {
    CredentialFiles files = new CredentialFiles();
    try {
      return new StoreOpening(files, StoreAccess.openLater(plan, secrets, files));
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  public Store store() {
    return store;
  }

  @Override
  public void close() {
    try (files) {
      store.close();
    }
  }
}

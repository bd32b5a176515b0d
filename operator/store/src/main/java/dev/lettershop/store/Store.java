package dev.lettershop.store;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.store.audience.AudienceFreezer;
import dev.lettershop.store.database.StoreSettings;
import dev.lettershop.store.ledger.Ledger;
import dev.lettershop.store.load.ConsentLoad;
import dev.lettershop.store.load.EventLoad;
import dev.lettershop.store.load.ProfileLoad;
import dev.lettershop.store.load.Suppressions;
import java.util.List;

/** One store of profiles in PostgreSQL. Thread-safe; what it hands out says so for itself. */
public final class Store implements AutoCloseable {

  private Store() {}

  /**
   * Connects.
   *
   * @throws dev.lettershop.store.database.StoreException when the server cannot be reached, refuses
   *     the login, or fails the TLS checks
   */
  public static Store open(StoreSettings settings) {
    throw new UnsupportedOperationException();
  }

  /**
   * Brings the tables up to date and adds a typed column for every declared attribute that has
   * none. Columns are never dropped. Safe when several processes do it at once.
   *
   * @throws dev.lettershop.store.database.StoreException when a column has another type than its
   *     attribute, or a privilege is missing
   */
  public void migrate(ProfileSchema schema) {
    throw new UnsupportedOperationException();
  }

  /**
   * Starts loading profiles; nothing is visible before {@link ProfileLoad#commit()}.
   *
   * @param source name of the source, for quarantine and audit
   * @param identityKey kind of the rows' identity values, e.g. {@code customer_id}
   * @param alsoMatch attributes whose values also identify a person, e.g. {@code email}
   */
  public ProfileLoad loadProfiles(
      String source, ProfileSchema schema, String identityKey, List<String> alsoMatch) {
    throw new UnsupportedOperationException();
  }

  /** Starts loading events; nothing is visible before {@link EventLoad#commit()}. */
  public EventLoad loadEvents(String source, String identityKey) {
    throw new UnsupportedOperationException();
  }

  /** Starts loading consents; nothing is visible before {@link ConsentLoad#commit()}. */
  public ConsentLoad loadConsents(String source, String identityKey) {
    throw new UnsupportedOperationException();
  }

  public Suppressions suppressions() {
    throw new UnsupportedOperationException();
  }

  public AudienceFreezer freezer() {
    throw new UnsupportedOperationException();
  }

  public Ledger ledger() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}

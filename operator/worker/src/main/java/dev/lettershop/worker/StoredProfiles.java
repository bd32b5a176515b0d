package dev.lettershop.worker;

import dev.lettershop.plan.Plan;
import dev.lettershop.profile.Profile;
import dev.lettershop.store.Store;
import dev.lettershop.store.ledger.ProfileView;
import java.util.Optional;
import java.util.Set;

/** Looks single profiles up in a plan's store. */
public final class StoredProfiles {
  private final Plan.Store plan;
  private final Secrets secrets;

  public StoredProfiles(Plan.Store plan, Secrets secrets) {
    this.plan = plan;
    this.secrets = secrets;
  }

  /**
   * @param id the profile's id, or its address
   * @param events names of the events to bring along
   */
  public Optional<Profile> find(String id, Set<String> events) {
    ProfileView view = new ProfileView(plan.schema(), plan.schema().attributes().keySet(), events);
    try (CredentialFiles files = new CredentialFiles();
        Store store = Store.open(StoreAccess.of(plan, secrets, files))) {
      return store.profiles().find(id, view);
    }
  }
}

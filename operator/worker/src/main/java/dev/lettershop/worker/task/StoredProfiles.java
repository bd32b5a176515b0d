package dev.lettershop.worker.task;

import dev.lettershop.plan.Plan;
import dev.lettershop.plan.Recommendations;
import dev.lettershop.profile.Product;
import dev.lettershop.profile.Profile;
import dev.lettershop.store.Store;
import dev.lettershop.store.segment.ProfileReader;
import dev.lettershop.worker.RecommendationTerms;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreAccess;
import java.util.List;
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
   * Finds one with all its attributes.
   *
   * @param whom the profile's number, or an identity as {@code kind=value}
   * @param events names of the events to bring along
   * @param models names of the models whose outputs to bring along
   */
  public Optional<Profile> find(String whom, Set<String> events, Set<String> models) {
    ProfileReader.Wanted wanted =
        new ProfileReader.Wanted(plan.schema().attributes().keySet(), events, models);
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan, secrets, files)) {
      return number(store, whom).flatMap(id -> store.profiles().read(id, wanted, plan.schema()));
    }
  }

  /**
   * What would be recommended to somebody now, the best first.
   *
   * @param whom as in {@link #find}
   * @param wanted null for none
   */
  public List<Product> recommended(String whom, Recommendations wanted) {
    if (wanted == null) {
      return List.of();
    }
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan, secrets, files)) {
      return number(store, whom)
          .map(id -> store.recommendedItems().of(id, RecommendationTerms.of(wanted)))
          .orElse(List.of());
    }
  }

  static Optional<Long> number(Store store, String whom) {
    int equals = whom.indexOf('=');
    if (equals > 0) {
      return store.profiles().find(whom.substring(0, equals), whom.substring(equals + 1));
    }
    return whom.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(whom)) : Optional.empty();
  }
}

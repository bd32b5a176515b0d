package dev.lettershop.cli.run;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.cli.output.StoreOptions;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.store.ledger.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs that a store knows of campaigns in the resources, the latest first. */
final class StoredRuns {
  private final StoreOptions.Opened open;

  StoredRuns(StoreOptions.Opened open) {
    this.open = open;
  }

  /**
   * @param campaign the one that is asked for; null for all that use the store
   * @param limit the most, at least 1
   * @throws UsageException when there is no such campaign
   */
  List<Run> latest(String campaign, int limit) {
    return campaigns(campaign).stream()
        .flatMap(
            name -> open.store().ledger().runs(open.resources().namespace(), name, limit).stream())
        .sorted(Comparator.comparing(Run::id).reversed())
        .limit(limit)
        .toList();
  }

  /** A run by its name, of any campaign when none is given; names are unique in a campaign. */
  Optional<Run> called(String name, String campaign) {
    return latest(campaign, Integer.MAX_VALUE).stream()
        .filter(run -> run.key().name().equals(name))
        .findFirst();
  }

  private List<String> campaigns(String campaign) {
    Map<String, Campaign> all = open.resources().campaigns();
    if (campaign != null) {
      if (!all.containsKey(campaign)) {
        throw new UsageException("Campaign/" + campaign + " is not among the resources");
      }
      return List.of(campaign);
    }
    return all.entrySet().stream()
        .filter(each -> each.getValue().getSpec().storeRef().name().equals(open.plan().name()))
        .map(Map.Entry::getKey)
        .toList();
  }
}

package dev.lettershop.worker.task;

import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.rule.Trace;
import dev.lettershop.store.Store;
import dev.lettershop.store.segment.ProfileReader.Wanted;
import dev.lettershop.store.segment.SegmentDifference;
import dev.lettershop.store.segment.SegmentExplanation;
import dev.lettershop.worker.PlanRules;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreAccess;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Looks into a store on behalf of one segment, and changes nothing there. */
public final class SegmentStudy {
  private final SegmentPlan plan;
  private final Secrets secrets;
  private final Clock clock;

  public SegmentStudy(SegmentPlan plan, Secrets secrets, Clock clock) {
    this.plan = plan;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** How the database would answer the rule. */
  public SegmentExplanation explain() {
    return with((store, rule) -> store.segments().explain(rule, plan.store().schema()));
  }

  /**
   * What would change if the rule were applied.
   *
   * @param namespace of the segment that is recorded
   */
  public SegmentDifference difference(String namespace) {
    return with(
        (store, rule) ->
            store.segments().difference(namespace, plan.name(), rule, plan.store().schema()));
  }

  /** How many people the rule holds of, and how many there are. */
  public record Counted(long members, long profiles) {}

  /** Both counted, not estimated. */
  public Counted counted() {
    return with(
        (store, rule) ->
            new Counted(
                store.segments().count(rule, plan.store().schema()), store.segments().profiles()));
  }

  /** How many people the rule holds of now. */
  public long count() {
    return with((store, rule) -> store.segments().count(rule, plan.store().schema()));
  }

  /**
   * Some people of whom the rule holds now, by number.
   *
   * @param most how many, at least 1
   */
  public Map<Long, Profile> sample(int most) {
    ProfileSchema schema = plan.store().schema();
    Wanted all = new Wanted(schema.attributes().keySet(), Set.of(), Set.of());
    return with(
        (store, rule) -> {
          Map<Long, Profile> people = new LinkedHashMap<>();
          for (Long number : store.segments().sample(rule, schema, most)) {
            store.profiles().read(number, all, schema).ifPresent(one -> people.put(number, one));
          }
          return people;
        });
  }

  /**
   * How the rule comes to its answer for a profile.
   *
   * @param whom the profile's number, or an identity as {@code kind=value}
   * @return empty when there is no such profile
   */
  public Optional<Trace> trace(String whom) {
    return with(
        (store, rule) ->
            StoredProfiles.number(store, whom)
                .flatMap(id -> store.profiles().read(id, rule, plan.store().schema()))
                .map(profile -> trace(rule, profile)));
  }

  private Trace trace(Rule rule, Profile profile) {
    return Trace.of(rule, profile, clock.instant(), plan.store().schema());
  }

  private <T> T with(BiFunction<Store, Rule, T> work) {
    Rule rule = new PlanRules(plan.store(), plan.segments(), plan.namespace()).segment(plan.name());
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan.store(), secrets, files)) {
      return work.apply(store, rule);
    }
  }
}

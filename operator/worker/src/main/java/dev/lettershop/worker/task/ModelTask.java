package dev.lettershop.worker.task;

import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.models.Evaluation;
import dev.lettershop.models.ModelException;
import dev.lettershop.models.ModelStudy;
import dev.lettershop.models.ModelWork;
import dev.lettershop.models.PersonScore;
import dev.lettershop.models.RemoteModelException;
import dev.lettershop.models.VersionDifference;
import dev.lettershop.models.VersionReport;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.Store;
import dev.lettershop.worker.RunException;
import dev.lettershop.worker.RunListener;
import dev.lettershop.worker.access.CredentialFiles;
import dev.lettershop.worker.access.HttpModelServers;
import dev.lettershop.worker.access.Secrets;
import dev.lettershop.worker.access.StoreAccess;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Trains a model, scores people with it, and looks into its versions. */
public final class ModelTask {
  private final ModelPlan plan;
  private final Secrets secrets;
  private final RunListener listener;
  private final Clock clock;

  public ModelTask(ModelPlan plan, Secrets secrets, RunListener listener, Clock clock) {
    this.plan = plan;
    this.secrets = secrets;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Trains a version and keeps it, due or not.
   *
   * @throws RunException when a Secret is missing, or nothing can be learnt
   * @throws dev.lettershop.store.database.StoreException when the database fails
   */
  public VersionReport train() {
    return migrated(store -> VersionReport.of(new ModelWork(store, plan, clock).train()));
  }

  /** Scores everybody, after a training if one is due; throws the same. */
  public ModelRun score() {
    return migrated(
        store -> {
          try (HttpModelServers servers = new HttpModelServers(plan.name(), secrets)) {
            return new ModelWork(store, plan, clock, servers).score();
          } catch (RemoteModelException e) {
            throw RunException.unanswered(e.reason(), e.getMessage(), e);
          }
        });
  }

  /** Trains and judges without keeping anything; throws the same. */
  public Evaluation evaluate() {
    return with(store -> new ModelStudy(store, plan, clock).evaluate());
  }

  /**
   * What the next scoring would change; changes nothing. Throws the same.
   *
   * @param segments rules of segments that ask for the model, by name
   */
  public VersionDifference difference(Map<String, Rule> segments) {
    return with(store -> new ModelStudy(store, plan, clock).difference(segments));
  }

  /** The versions that are kept, the newest first. */
  public List<VersionReport> versions() {
    return with(
        store ->
            new ModelWork(store, plan, clock).versions().stream().map(VersionReport::of).toList());
  }

  /**
   * What the version in use says of a person, and from what.
   *
   * @param whom the profile's number, or an identity as {@code kind=value}
   * @return empty when there is no such profile
   */
  public Optional<PersonScore> explain(String whom) {
    return with(
        store ->
            StoredProfiles.number(store, whom)
                .flatMap(id -> new ModelStudy(store, plan, clock).explain(id)));
  }

  private <T> T migrated(Function<Store, T> work) {
    return with(
        store -> {
          store.migrate(plan.store().schema());
          listener.migrated(plan.store().name(), store.schemaState(plan.store().schema()));
          return work.apply(store);
        });
  }

  private <T> T with(Function<Store, T> work) {
    try (CredentialFiles files = new CredentialFiles();
        Store store = StoreAccess.open(plan.store(), secrets, files)) {
      return work.apply(store);
    } catch (ModelException e) {
      throw RunException.configuration(e.getMessage(), e);
    }
  }
}

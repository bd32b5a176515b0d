package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.GroupSize;
import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.api.v1alpha1.model.RemoteModel;
import dev.lettershop.models.artefact.Artefact;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.models.remote.ModelServer;
import dev.lettershop.models.remote.RemoteCalls;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.resource.DurationText;
import dev.lettershop.store.Store;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.store.model.ModelScores;
import dev.lettershop.store.model.ModelVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Trains a model when that is due, and scores people with the version that is to be used. */
public final class ModelWork {
  private static final int SHOWN_FEATURES = 10;

  private final Store store;
  private final ModelPlan plan;
  private final ModelKey key;
  private final Clock clock;
  private final RemoteServers servers;

  /** How the server of a remote model is reached, and how long it is waited for. */
  public interface RemoteServers {
    /** The caller closes nothing: it lives as long as whoever gave it. */
    ModelServer of(RemoteModel remote);

    /** Waits between two tries. */
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * For models that are not remote.
   *
   * @param store with up-to-date tables
   */
  public ModelWork(Store store, ModelPlan plan, Clock clock) {
    this(store, plan, clock, null);
  }

  /**
   * @param servers null where the model is not remote
   */
  public ModelWork(Store store, ModelPlan plan, Clock clock, RemoteServers servers) {
    this.store = store;
    this.plan = plan;
    this.key = new ModelKey(plan.namespace(), plan.name());
    this.clock = clock;
    this.servers = servers;
  }

  /**
   * Trains a new version and keeps it, also when it must not be used.
   *
   * @throws ModelException when nothing could be learnt at all
   */
  public ModelVersion train() {
    Trained trained = learnt();
    if (trained.artefact() == null) {
      throw nothingLearnt(trained);
    }
    return add(trained);
  }

  ModelException nothingLearnt(Trained trained) {
    return new ModelException(
        "Nothing can be learnt for model " + plan.name() + ": " + trained.judgement().refusal());
  }

  /** The version that people are scored with. */
  record InUse(ModelVersion version, Artefact artefact) {}

  InUse inUse() {
    ModelVersion used = used(null);
    return new InUse(used, artefact(used.version()));
  }

  Recipe.Compiled compiled(InUse used) {
    try {
      return used.artefact().recipe().compile(plan.store().schema());
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "Version "
              + used.version().version()
              + " of model "
              + plan.name()
              + " cannot be used with this store ("
              + e.getMessage()
              + "); train it again",
          e);
    }
  }

  /** Learns and judges, and writes nothing. */
  Trained learnt() {
    if (!plan.spec().choose().isEmpty()) {
      throw new ModelException(
          "Model "
              + plan.name()
              + " chooses by what other models say and learns nothing; score with it");
    }
    if (plan.spec().remote() != null) {
      throw new ModelException(
          "Model " + plan.name() + " is trained where it is served; score with it");
    }
    return new ModelTraining(store, plan).train(now(), newest().map(v -> artefact(v.version())));
  }

  private ModelVersion add(Trained trained) {
    return store
        .modelVersions()
        .add(
            key,
            plan.learns(),
            now(),
            trained.artefact().bytes(),
            trained.judgement().isGood(),
            trained.judgement().json());
  }

  /**
   * Scores everybody, after a training if one is due.
   *
   * @throws ModelException when there is no version that may be used
   */
  public ModelRun score() {
    if (!plan.spec().choose().isEmpty()) {
      ActionScoring.Chosen chosen = new ActionScoring(store, plan).choose(key, now());
      return new ModelRun(
          now().truncatedTo(ChronoUnit.SECONDS).toString(),
          null,
          null,
          null,
          chosen.written().scored(),
          chosen.written().changed(),
          null,
          null,
          null,
          chosen.sizes(),
          null,
          null,
          null,
          null);
    }
    if (plan.spec().remote() != null) {
      return remote();
    }
    Judgement refused = isDue() ? refused() : null;
    ModelVersion used = used(refused);
    InUse inUse = new InUse(used, artefact(used.version()));
    if (plan.spec().recommend() != null) {
      return run(used, refused, recommended(inUse), null, null);
    }
    ModelScoring.Scored scored =
        new ModelScoring(store, plan.store().schema(), inUse.artefact(), compiled(inUse))
            .score(key, now());
    return run(
        used,
        refused,
        scored.written(),
        scored.groups(),
        features(inUse.artefact(), Judgement.parse(used.figures()), scored.drift()));
  }

  private ModelRun run(
      ModelVersion used,
      Judgement refused,
      ModelScores.Written written,
      List<GroupSize> groups,
      List<FeatureFigures> features) {
    Judgement judgement = Judgement.parse(used.figures());
    return new ModelRun(
        now().truncatedTo(ChronoUnit.SECONDS).toString(),
        used.version(),
        used.trainedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        judgement.algorithm(),
        written.scored(),
        written.changed(),
        refused == null ? null : refused.refused(),
        refused == null ? null : refused.refusal(),
        judgement.figures(),
        groups,
        features,
        null,
        null,
        null);
  }

  private ModelRun remote() {
    RemoteScoring.Scored scored =
        new RemoteScoring(store, plan, servers.of(plan.spec().remote()), servers::pause)
            .score(key, now());
    RemoteCalls.Unanswered unanswered = scored.unanswered();
    return new ModelRun(
        now().truncatedTo(ChronoUnit.SECONDS).toString(),
        null,
        null,
        plan.spec().remote().protocol().name(),
        scored.written().scored(),
        scored.written().changed(),
        null,
        null,
        null,
        null,
        null,
        unanswered.people(),
        unanswered.kind() == null ? null : unanswered.kind().name(),
        unanswered.message());
  }

  private ModelScores.Written recommended(InUse used) {
    if (used.artefact().neighbours() == null) {
      throw new ModelException(
          "Version "
              + used.version().version()
              + " of model "
              + plan.name()
              + " recommends nothing; remove spec.version, so that it is trained again");
    }
    return new RecommendationScoring(store, plan.spec().recommend(), used.artefact().neighbours())
        .score(key, now());
  }

  /** Trains; null when what was learnt may be used. */
  private Judgement refused() {
    Trained trained = learnt();
    if (trained.artefact() != null) {
      add(trained);
    }
    return trained.judgement().isGood() ? null : trained.judgement();
  }

  private static List<FeatureFigures> features(Artefact used, Judgement judgement, double[] drift) {
    List<String> names = used.recipe().features().stream().map(f -> f.name()).toList();
    Map<String, String> drifts =
        IntStream.range(0, drift.length)
            .boxed()
            .collect(Collectors.toMap(names::get, i -> ChanceTraining.text(drift[i])));
    List<FeatureFigures> known =
        judgement.features().isEmpty()
            ? names.stream().map(name -> new FeatureFigures(name, null, null)).toList()
            : judgement.features();
    return known.stream()
        .limit(SHOWN_FEATURES)
        .map(f -> new FeatureFigures(f.name(), f.importance(), drifts.get(f.name())))
        .toList();
  }

  /** All versions with their figures, the newest first. */
  public List<ModelVersion> versions() {
    return store.modelVersions().list(key);
  }

  /** Whether the next scoring trains first. */
  public boolean isDue() {
    if (plan.spec().version() != null) {
      return false;
    }
    Duration age = DurationText.read(plan.spec().retrainAfter()).orElseThrow();
    return versions().stream()
        .findFirst()
        .map(
            last ->
                !last.planHash().equals(plan.learns())
                    || !last.trainedAt().plus(age).isAfter(now()))
        .orElse(true);
  }

  /** Number of the newest version that may be used. */
  Optional<Integer> inUseNow() {
    return newest().map(ModelVersion::version);
  }

  private Optional<ModelVersion> newest() {
    return versions().stream().filter(ModelVersion::good).findFirst();
  }

  private ModelVersion used(Judgement refused) {
    Integer pinned = plan.spec().version();
    if (pinned != null) {
      return versions().stream()
          .filter(version -> version.version() == pinned)
          .findFirst()
          .orElseThrow(
              () ->
                  new ModelException(
                      "Model "
                          + plan.name()
                          + " has no version "
                          + pinned
                          + "; set spec.version to one of "
                          + versions().stream().map(ModelVersion::version).toList()
                          + " or remove it"));
    }
    return newest()
        .orElseThrow(
            () ->
                new ModelException(
                    "Model "
                        + plan.name()
                        + " has no version that may be used"
                        + (refused == null ? "; train it" : ": " + refused.refusal())));
  }

  private Artefact artefact(int version) {
    byte[] bytes =
        store
            .modelVersions()
            .artefact(key, version)
            .orElseThrow(
                () ->
                    new ModelException(
                        "Version "
                            + version
                            + " of model "
                            + plan.name()
                            + " was removed meanwhile"));
    try {
      return Artefact.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

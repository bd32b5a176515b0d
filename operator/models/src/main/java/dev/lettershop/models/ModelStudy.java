package dev.lettershop.models;

import dev.lettershop.api.v1alpha1.model.RecommendExclude;
import dev.lettershop.api.v1alpha1.model.Recommending;
import dev.lettershop.models.artefact.Artefact;
import dev.lettershop.models.artefact.Recipe;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.profile.Product;
import dev.lettershop.profile.Profile;
import dev.lettershop.resource.DurationText;
import dev.lettershop.rule.Formula;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.Store;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.store.model.ScoreTrial;
import dev.lettershop.store.segment.ProfileReader;
import dev.lettershop.store.view.RecommendationView;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks into a model and changes nothing. */
public final class ModelStudy {
  private final Store store;
  private final ModelPlan plan;
  private final ModelWork work;
  private final Clock clock;

  public ModelStudy(Store store, ModelPlan plan, Clock clock) {
    this.store = store;
    this.plan = plan;
    this.work = new ModelWork(store, plan, clock);
    this.clock = clock;
  }

  /**
   * What a training would come to now.
   *
   * @throws ModelException when nothing could be learnt at all
   */
  public Evaluation evaluate() {
    Trained trained = work.learnt();
    if (trained.artefact() == null) {
      throw work.nothingLearnt(trained);
    }
    Artefact artefact = trained.artefact();
    VersionReport report =
        new VersionReport(null, null, trained.judgement().isGood(), trained.judgement());
    if (artefact.neighbours() != null) {
      return new Evaluation(report, new Survey(List.of(), List.of()));
    }
    Recipe.Compiled recipe = artefact.recipe().compile(plan.store().schema());
    return new Evaluation(
        report,
        new ModelScoring(store, plan.store().schema(), artefact, recipe)
            .survey(clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  /** What the version in use says of a person; empty when there is no such profile. */
  public Optional<PersonScore> explain(long profile) {
    ModelWork.InUse used = work.inUse();
    if (used.artefact().neighbours() != null) {
      return recommended(profile, used);
    }
    Recipe.Compiled recipe = work.compiled(used);
    Set<String> attributes = new TreeSet<>();
    Set<String> events = new TreeSet<>();
    for (Formula formula : recipe.features()) {
      attributes.addAll(formula.attributes());
      events.addAll(formula.eventNames());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return store
        .profiles()
        .read(
            profile, new ProfileReader.Wanted(attributes, events, Set.of()), plan.store().schema())
        .map(person -> score(used, recipe, person, now));
  }

  /**
   * What the next scoring would change: with the version that it would train, or with that which
   * {@code spec.version} names.
   *
   * @param segments rules of segments that ask for the model, by name
   */
  public VersionDifference difference(Map<String, Rule> segments) {
    if (plan.spec().classify() == null && plan.spec().cluster() == null) {
      throw new ModelException(
          "Model "
              + plan.name()
              + " has no versions to compare; name one with classify or cluster");
    }
    boolean trains = work.isDue();
    Trained trained = trains ? work.learnt() : null;
    if (trains && trained.artefact() == null) {
      throw work.nothingLearnt(trained);
    }
    ModelWork.InUse chosen = trains ? null : work.inUse();
    Artefact artefact = trains ? trained.artefact() : chosen.artefact();
    Recipe.Compiled recipe = artefact.recipe().compile(plan.store().schema());
    ModelScoring scoring = new ModelScoring(store, plan.store().schema(), artefact, recipe);
    ScoreTrial.Outcome outcome =
        store
            .scoreTrial()
            .compare(
                new ModelKey(plan.namespace(), plan.name()),
                sink -> scoring.put(sink, clock.instant().truncatedTo(ChronoUnit.MICROS)),
                segments,
                plan.store().schema());
    Judgement judgement =
        trains ? trained.judgement() : Judgement.parse(chosen.version().figures());
    return new VersionDifference(
        plan.name(),
        work.inUseNow().orElse(null),
        trains ? null : chosen.version().version(),
        judgement,
        outcome);
  }

  private Optional<PersonScore> recommended(long profile, ModelWork.InUse used) {
    Recommending wanted = plan.spec().recommend();
    RecommendationView view =
        new RecommendationView(
            plan.namespace() + "/" + plan.name(),
            wanted.catalogue().sourceRef().name(),
            new RecommendationView.Bought(
                wanted.event(),
                wanted.item(),
                wanted.exclude() == RecommendExclude.Bought
                    ? DurationText.parse(wanted.within())
                    : null),
            wanted.top(),
            wanted.maxPerCategory(),
            wanted.listed());
    ProfileReader.Wanted nothing = new ProfileReader.Wanted(Set.of(), Set.of(), Set.of());
    return store
        .profiles()
        .read(profile, nothing, plan.store().schema())
        .map(
            person ->
                new PersonScore(
                    used.version().version(),
                    null,
                    null,
                    List.of(),
                    store.recommendedItems().of(profile, view).stream().map(Product::id).toList()));
  }

  private static PersonScore score(
      ModelWork.InUse used, Recipe.Compiled recipe, Profile person, Instant now) {
    Artefact artefact = used.artefact();
    float[] row = new float[recipe.features().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) recipe.features().get(i).evaluate(person, now).orElse(Double.NaN);
    }
    boolean chances = artefact.chances() != null;
    List<PersonScore.Part> parts = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      Double otherwise = null;
      if (chances) {
        float[] without = row.clone();
        without[i] = Float.NaN;
        otherwise = artefact.chances().of(without);
      }
      parts.add(
          new PersonScore.Part(
              artefact.recipe().features().get(i).name(),
              Float.isNaN(row[i]) ? null : (double) row[i],
              otherwise));
    }
    return new PersonScore(
        used.version().version(),
        chances ? artefact.chances().of(row) : null,
        chances ? null : artefact.groups().names().get(artefact.groups().of(row)),
        parts,
        List.of());
  }
}

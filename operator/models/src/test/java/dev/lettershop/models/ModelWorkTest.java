package dev.lettershop.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lettershop.api.v1alpha1.model.Classification;
import dev.lettershop.api.v1alpha1.model.ClassifyAlgorithm;
import dev.lettershop.api.v1alpha1.model.ClusterAlgorithm;
import dev.lettershop.api.v1alpha1.model.Clustering;
import dev.lettershop.api.v1alpha1.model.FeatureLevel;
import dev.lettershop.api.v1alpha1.model.FeatureTransform;
import dev.lettershop.api.v1alpha1.model.GroupSize;
import dev.lettershop.api.v1alpha1.model.ModelAction;
import dev.lettershop.api.v1alpha1.model.ModelFeature;
import dev.lettershop.api.v1alpha1.model.ModelGroup;
import dev.lettershop.api.v1alpha1.model.ModelRequirement;
import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.api.v1alpha1.model.ModelSpec;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.models.learn.Figures;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.plan.Plan;
import dev.lettershop.store.model.ModelKey;
import dev.lettershop.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Models from end to end in a real database. Everybody buys at a pace of their own, some stop: who
 * has stopped and who goes on can only be told from when they bought last.
 */
class ModelWorkTest {
  private static final int PEOPLE = 1_500;

  /** The moment at which the models are trained; events go on for 60 days after it. */
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private static final Duration HORIZON = Duration.ofDays(30);

  private static final List<ModelFeature> FEATURES =
      List.of(
          feature(
              "recency", "now - events('order', duration('8760h')).map(e, e.occurred_at).max()"),
          new ModelFeature(
              "frequency", "events('order', duration('2160h')).size()", FeatureTransform.Log),
          new ModelFeature(
              "monetary",
              "events('order', duration('2160h')).map(e, e.total).sum()",
              FeatureTransform.Log));

  private static TestDatabase database;

  @BeforeAll
  static void fill() throws SQLException {
    database = new TestDatabase();
    database.store().migrate(store().schema());
    database.execute(
        "insert into lettershop.profile (id) overriding system value select generate_series(1, "
            + PEOPLE
            + ")");
    database.execute(
        """
        insert into lettershop.event (profile_id, name, occurred_at, id, properties)
        select p, 'order', at, p || '-' || n, jsonb_build_object('total', 10 + (p * 7) % 50)
        from (
          select p, n,
            timestamptz '2025-06-01 00:00Z'
              + n * (interval '5 days' + (p % 20) * interval '1 day')
              + ((p * 131 + n * 977) % 96) * interval '1 hour' as at,
            -- A third stops at some time in the year.
            timestamptz '2025-06-01 00:00Z'
              + case when p % 3 = 0 then ((p * 37) % 330) else 400 end * interval '1 day' as stops
          from generate_series(1, 1500) as p, generate_series(0, 70) as n) as orders
        where at < stops and at < timestamptz '2026-04-30 00:00Z'
        """);
    // As autovacuum does within a minute; without it, the planner takes the tables for empty.
    database.execute("analyze");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static ModelFeature feature(String name, String value) {
    return new ModelFeature(name, value, null);
  }

  private static Plan.Store store() {
    return new Plan.Store(
        "default",
        null,
        List.of(),
        List.of(new EventType("order", List.of(new EventProperty("total", AttributeType.Double)))),
        null,
        null,
        List.of());
  }

  private static ModelPlan churn(String name, ClassifyAlgorithm algorithm, String auc) {
    return plan(
        "shop",
        name,
        new Classification(
            "events('order', duration('720h')).size() == 0",
            "30d",
            algorithm,
            3,
            auc == null ? null : new ModelRequirement(auc)),
        null,
        null);
  }

  private static ModelPlan groups(String namespace, ClusterAlgorithm algorithm) {
    return plan(
        namespace,
        "customers",
        null,
        new Clustering(
            algorithm,
            List.of(
                new ModelGroup(
                    "frequent",
                    Map.of("frequency", FeatureLevel.High, "recency", FeatureLevel.Low)),
                new ModelGroup(
                    "occasional",
                    Map.of("frequency", FeatureLevel.Medium, "recency", FeatureLevel.Low)),
                new ModelGroup(
                    "inactive",
                    Map.of("frequency", FeatureLevel.Low, "recency", FeatureLevel.High))),
            30),
        null);
  }

  private static ModelPlan plan(
      String namespace, String name, Classification classify, Clustering cluster, Integer version) {
    return new ModelPlan(
        namespace,
        name,
        store(),
        Map.of(),
        new ModelSpec(
            null,
            "events('order', duration('8760h')).size() > 0",
            FEATURES,
            List.of(),
            classify,
            cluster,
            null,
            null,
            null,
            null,
            "7d",
            version,
            false));
  }

  private static ModelWork work(ModelPlan plan, Instant at) {
    return new ModelWork(database.store(), plan, Clock.fixed(at, ZoneOffset.UTC));
  }

  private static Map<Long, Double> scores(String model) throws SQLException {
    Map<Long, Double> scores = new HashMap<>();
    for (String row :
        database.query(
            "select profile_id, score from lettershop.model_output where model = '"
                + model
                + "'")) {
      scores.put(Long.parseLong(row.split(" ")[0]), Double.parseDouble(row.split(" ")[1]));
    }
    return scores;
  }

  @Test
  void what_the_back_test_promises_is_what_comes() throws Exception {
    ModelRun run = work(churn("honest", ClassifyAlgorithm.Auto, "0.65"), NOW).score();

    Map<Long, Double> served = scores("shop/honest");
    List<String> bought =
        database.query(
            "select distinct profile_id from lettershop.event where occurred_at > '"
                + NOW
                + "' and occurred_at < '"
                + NOW.plus(HORIZON)
                + "'");
    double[] said = new double[served.size()];
    boolean[] came = new boolean[served.size()];
    int i = 0;
    for (Map.Entry<Long, Double> score : served.entrySet()) {
      said[i] = score.getValue();
      came[i++] = !bought.contains(score.getKey().toString());
    }
    Figures figures = Figures.of(said, came);

    assertThat(run.scored()).isEqualTo(served.size());
    assertThat(Double.parseDouble(run.figures().auc())).isGreaterThan(0.85);
    assertThat(figures.auc()).isCloseTo(Double.parseDouble(run.figures().auc()), within(0.03));
    assertThat(run.features().get(0).name()).isEqualTo("recency");
  }

  @Test
  void the_second_scoring_writes_nothing_and_a_later_one_what_has_changed() {
    ModelPlan plan = churn("steady", ClassifyAlgorithm.LogisticRegression, null);
    ModelRun first = work(plan, NOW).score();

    ModelRun second = work(plan, NOW).score();
    ModelRun later = work(plan, NOW.plus(Duration.ofDays(1))).score();

    assertThat(first.changed()).isEqualTo(first.scored());
    assertThat(second.changed()).isZero();
    assertThat(second.version()).isEqualTo(1);
    assertThat(later.version()).isEqualTo(1);
    assertThat(later.changed()).isPositive();
  }

  @Test
  void a_version_that_is_not_good_enough_leaves_the_old_one_in_use() {
    work(churn("strict", ClassifyAlgorithm.LogisticRegression, "0.65"), NOW).score();

    ModelRun run =
        work(churn("strict", ClassifyAlgorithm.LogisticRegression, "0.9999"), NOW).score();

    assertThat(run.version()).isEqualTo(1);
    assertThat(run.refused()).isEqualTo("NotGoodEnough");
    assertThat(run.refusal()).contains("spec.classify.require.auc asks for 0.9999");
    assertThatThrownBy(
            () -> work(churn("never", ClassifyAlgorithm.LogisticRegression, "0.9999"), NOW).score())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no version that may be used: The best AUC");
  }

  @Test
  void two_trainings_of_the_same_people_come_to_the_same() {
    ModelPlan plan = churn("twice", ClassifyAlgorithm.GradientBoosting, null);
    var one = work(plan, NOW).train();
    var other = work(plan, NOW).train();

    assertThat(other.figures()).isEqualTo(one.figures());
    var versions = database.store().modelVersions();
    ModelKey key = new ModelKey("shop", "twice");
    assertThat(versions.artefact(key, other.version()).orElseThrow())
        .isEqualTo(versions.artefact(key, one.version()).orElseThrow());
  }

  @Test
  void groups_keep_their_names_and_namespaces_do_not_meet() throws Exception {
    ModelRun run = work(groups("shop", ClusterAlgorithm.KMeans), NOW).score();
    ModelRun other = work(groups("other", ClusterAlgorithm.Hierarchical), NOW).score();
    ModelRun later =
        work(groups("shop", ClusterAlgorithm.KMeans), NOW.plus(Duration.ofDays(8))).score();

    assertThat(run.groups())
        .extracting(GroupSize::name)
        .containsExactly("frequent", "occasional", "inactive");
    assertThat(run.groups()).allSatisfy(group -> assertThat(group.size()).isPositive());
    assertThat(later.version()).isEqualTo(2);
    assertThat(Double.parseDouble(later.figures().moved())).isLessThan(0.1);
    assertThat(
            database.query(
                "select count(distinct model) from lettershop.model_output where model like '%/customers'"))
        .containsExactly("2");
    assertThat(other.algorithm()).isEqualTo("Hierarchical");
    assertThat(
            database.query(
                """
                select cluster from lettershop.model_output o join lettershop.event e using (profile_id)
                where model = 'shop/customers' group by profile_id, cluster
                having max(e.occurred_at) < timestamptz '2025-10-01' limit 1
                """))
        .containsExactly("inactive");
  }

  @Test
  void the_action_with_the_highest_score_times_value_is_chosen() throws Exception {
    database.execute(
        """
        insert into lettershop.model_output (profile_id, model, score) values
          (1, 'actions/ship', 0.5), (1, 'actions/cut', 0.9),
          (2, 'actions/ship', 0.2), (2, 'actions/cut', 0.9),
          (3, 'actions/cut', 0.1), (4, 'elsewhere/cut', 0.9)
        """);
    ModelPlan plan =
        new ModelPlan(
            "actions",
            "next",
            store(),
            Map.of(),
            new ModelSpec(
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of(
                    new ModelAction("free-shipping", "ship", "4.0", null),
                    new ModelAction("discount", "cut", "2.0", "events('order').size() > 0")),
                null,
                null,
                null,
                null,
                null,
                null));

    ModelRun run = work(plan, NOW).score();

    assertThat(
            database.query(
                "select profile_id, score, cluster from lettershop.model_output"
                    + " where model = 'actions/next' order by 1"))
        .containsExactly("1 2.0 free-shipping", "2 1.8 discount", "3 0.2 discount");
    assertThat(run.groups())
        .containsExactly(new GroupSize("free-shipping", 1L), new GroupSize("discount", 2L));
    assertThatThrownBy(() -> work(plan, NOW).train())
        .hasMessageContaining("chooses by what other models say");
  }

  @Test
  void an_earlier_version_is_used_when_it_is_asked_for() {
    ModelPlan plan = churn("back", ClassifyAlgorithm.LogisticRegression, null);
    work(plan, NOW).train();
    work(plan, NOW.plus(Duration.ofDays(3))).train();
    ModelSpec spec = plan.spec();
    ModelPlan pinned = plan("shop", "back", spec.classify(), null, 1);

    assertThat(work(pinned, NOW).score().version()).isEqualTo(1);
    assertThatThrownBy(() -> work(plan("shop", "back", spec.classify(), null, 9), NOW).score())
        .isInstanceOf(ModelException.class)
        .hasMessage("Model back has no version 9; set spec.version to one of [2, 1] or remove it");
  }

  @Test
  void a_person_is_explained_by_the_same_numbers_that_were_scored() throws Exception {
    ModelPlan plan = churn("explained", ClassifyAlgorithm.RandomForest, null);
    work(plan, NOW).score();
    Map<Long, Double> scores = scores("shop/explained");
    ModelStudy study = new ModelStudy(database.store(), plan, Clock.fixed(NOW, ZoneOffset.UTC));

    for (long person = 1; person <= 20; person++) {
      PersonScore score = study.explain(person).orElseThrow();
      assertThat(score.score()).isEqualTo(scores.get(person));
      assertThat(score.parts())
          .extracting(PersonScore.Part::feature)
          .containsExactly("recency", "frequency", "monetary");
    }
    assertThat(study.explain(1_000_000)).isEmpty();
  }

  @Test
  void a_version_that_somebody_changed_is_refused() throws Exception {
    ModelPlan plan = churn("forged", ClassifyAlgorithm.LogisticRegression, null);
    work(plan, NOW).train();
    database.execute(
        "update lettershop.model_version set artefact = artefact || '\\x00' where name = 'forged'");

    assertThatThrownBy(() -> work(plan, NOW).score())
        .hasMessageContaining("is not what was written; train it again");
  }

  @Test
  void too_few_people_are_said_to_be_too_few() {
    assertThatThrownBy(
            () ->
                work(
                        churn("empty", ClassifyAlgorithm.Auto, null),
                        Instant.parse("2025-06-10T00:00:00Z"))
                    .score())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least 50 for whom it held");
  }
}

package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCompilerTest {
  private static final String STORE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: pg, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: city, type: String}, {name: lifetime_value, type: Double}]
        events:
        - name: order_completed
          properties: [{name: total, type: Double}, {name: product_id, type: String}]
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: buyers}
      spec: {expression: 'events("order_completed", duration("8760h")).size() > 0'}
      ---
      """;

  private static final String CHURN =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Model
      metadata: {name: churn}
      spec:
        population: inSegment("buyers")
        features:
        - {name: frequency, value: 'events("order_completed", duration("2160h")).size()'}
        - {name: recency, value: 'now - events("order_completed").map(e, e.occurred_at).max()'}
        classify: {label: 'events("order_completed", duration("2160h")).size() == 0', horizon: 90d}
      """;

  private static final String GROUPS =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Model
      metadata: {name: customers}
      spec:
        features:
        - {name: value, value: profile.lifetime_value, transform: Log}
        cluster:
          groups:
          - {name: rich, like: {value: High}}
          - {name: poor, like: {value: Low}}
      """;

  private static ResourceSet resources(String... manifests) {
    ResourceSet.Builder builder = ResourceSet.builder().namespace("shop");
    builder.add(ResourceParser.parse("test.yaml", STORE + String.join("---\n", manifests)));
    assertThat(builder.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    return builder.build();
  }

  private static List<String> errors(String model) {
    return new PlanCompiler(resources(model))
        .model("churn").diagnostics().stream()
            .filter(Diagnostic::isError)
            .map(d -> d.field() + ": " + d.message() + " | " + d.fix())
            .toList();
  }

  @Test
  void a_sound_model_becomes_a_plan_that_a_worker_reads_back() {
    Compiled<ModelPlan> result = new PlanCompiler(resources(CHURN)).model("churn");

    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.value().namespace()).isEqualTo("shop");
    assertThat(result.value().segments()).containsOnlyKeys("buyers");
    assertThat(PlanFiles.of(result.value()).model()).isEqualTo(result.value());
  }

  @Test
  void when_it_is_trained_changes_nothing_that_is_learnt_and_a_feature_does() {
    String learns = new PlanCompiler(resources(CHURN)).model("churn").value().learns();

    assertThat(
            new PlanCompiler(resources(CHURN + "  retrainAfter: 1d\n"))
                .model("churn")
                .value()
                .learns())
        .isEqualTo(learns);
    assertThat(
            new PlanCompiler(
                    resources(CHURN.replace("\"2160h\")).size()'}", "\"720h\")).size()'}")))
                .model("churn")
                .value()
                .learns())
        .isNotEqualTo(learns);
  }

  @Test
  void today_s_attributes_are_refused_unless_they_never_change() {
    String bad =
        CHURN.replace(
            "frequency, value: 'events(\"order_completed\", duration(\"2160h\")).size()'",
            "frequency, value: profile.lifetime_value");

    assertThat(errors(bad))
        .containsExactly(
            "spec.features[0].value: of profile.lifetime_value only today's value is known, not the one"
                + " at the time | use events instead, or add \"lifetime_value\" to"
                + " spec.stableAttributes if it never changes");
    assertThat(errors(bad + "  stableAttributes: [lifetime_value]\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "events(\"order_completed\", duration(\"2400h\")).size() == 0; looks back further than the horizon of 90d, at what was known before",
        "events(\"order_completed\").size() == 0; looks back further than the horizon",
        "profile.city == \"Rome\"; a label is about events: of attributes only today's value is known",
        "score(\"other\") > 0.5; a label is about events: of models only today's value is known",
        "true; the label asks for no event",
      })
  void a_label_must_not_know_what_came_before(String label, String message) {
    String bad =
        CHURN.replace("events(\"order_completed\", duration(\"2160h\")).size() == 0", label);

    assertThat(errors(bad))
        .anySatisfy(e -> assertThat(e).contains("spec.classify.label").contains(message));
  }

  @Test
  void a_model_does_not_learn_from_models() {
    assertThat(errors(CHURN.replace("inSegment(\"buyers\")", "score(\"other\") > 0.5")))
        .containsExactly(
            "spec.population: a model cannot learn from what models say: of that only today's value is"
                + " known | remove score(…) and cluster(…)");
  }

  @Test
  void names_are_checked_with_the_nearest_one_as_the_fix() {
    Compiled<ModelPlan> result =
        new PlanCompiler(resources(GROUPS.replace("{value: Low}", "{valu: Low}")))
            .model("customers");

    assertThat(result.value()).isNull();
    assertThat(result.diagnostics())
        .extracting(Diagnostic::field, Diagnostic::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "spec.cluster.groups[1].like.valu", "unknown feature \"valu\""));
  }

  @Test
  void a_rule_that_asks_a_model_for_what_it_does_not_give_is_warned_of() {
    String segment =
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: likely}
        spec: {expression: 'score("customers") > 0.5 || score("gone") > 0.5'}
        """;

    assertThat(new PlanCompiler(resources(GROUPS, segment)).segment("likely").diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(
            "Model/customers gives no score",
            "unknown Model \"gone\": score(…) is unknown for everybody");
  }

  @Test
  void actions_are_chosen_by_models_that_say_chances() {
    String next =
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: Model
        metadata: {name: next}
        spec:
          choose:
          - {action: discount, score: churn, value: "2.5", when: 'action("next") != "discount"'}
          - {action: letter, score: customers, value: "1"}
          - {action: visit, score: gone, value: "9"}
        """;

    assertThat(new PlanCompiler(resources(CHURN, GROUPS, next)).model("next").diagnostics())
        .extracting(Diagnostic::field, Diagnostic::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "spec.choose[1].score", "Model/customers says no chance"),
            org.assertj.core.groups.Tuple.tuple(
                "spec.choose[2].score", "Model \"gone\" does not exist"));
  }

  @Test
  void outputs_of_models_are_asked_for_by_namespace() {
    ResourceSet resources = resources(GROUPS);
    StoreContext store =
        StoreContext.of(
            resources.profileStores().get("default"), resources, new Findings(resources));

    assertThat(store.compile("cluster(\"customers\") == \"rich\"").rule().models())
        .containsExactly("shop/customers");
  }

  private static final String CATALOGUE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileSource
      metadata: {name: products}
      spec:
        provides: Products
        file: {path: products.csv, volume: {configMap: {name: products}}}
        identity: {key: sku}
      """;

  private static String recommending(String event, String item, String source) {
    return """
        apiVersion: lettershop.dev/v1alpha1
        kind: Model
        metadata: {name: churn}
        spec:
          recommend: {event: %s, item: %s, catalogue: {sourceRef: {name: %s}}}
        """
        .formatted(event, item, source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "order_complete; product_id; products; spec.recommend.event: ProfileStore/default declares no event \"order_complete\" | did you mean \"order_completed\"?",
        "order_completed; produkt; products; spec.recommend.item: the event \"order_completed\" has no property \"produkt\" |",
        "order_completed; total; products; spec.recommend.item: \"total\" is of type Double and names no item | name a property of type String or Integer",
        "order_completed; product_id; people; spec.recommend.catalogue.sourceRef.name: ProfileSource/people provides Profiles | name one with provides: Products",
        "order_completed; product_id; gone; spec.recommend.catalogue.sourceRef.name: ProfileSource \"gone\" does not exist |",
      })
  void what_is_recommended_from_what_has_to_exist(
      String event, String item, String source, String error) {
    String people =
        CATALOGUE
            .replace("provides: Products", "provides: Profiles")
            .replace("name: products}\nspec", "name: people}\nspec");

    assertThat(errors(String.join("---\n", recommending(event, item, source), CATALOGUE, people)))
        .singleElement()
        .satisfies(found -> assertThat(found).startsWith(error));
  }

  @Test
  void a_model_that_recommends_says_nothing_to_rules() {
    String segment =
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: likely}
        spec: {expression: 'score("churn") > 0.5'}
        """;

    assertThat(
            new PlanCompiler(
                    resources(
                        recommending("order_completed", "product_id", "products"),
                        CATALOGUE,
                        segment))
                .segment("likely")
                .diagnostics())
        .extracting(Diagnostic::message, Diagnostic::fix)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "Model/churn gives no score", "name another Model"));
  }

  @Test
  void a_remote_model_is_asked_within_a_minute_and_not_in_clear() {
    String remote =
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: Model
        metadata: {name: churn}
        spec:
          features: [{name: value, value: profile.lifetime_value}]
          remote: {protocol: MLflow, url: "http://models.example", timeout: 2m}
        """;

    assertThat(new PlanCompiler(resources(remote)).model("churn").diagnostics())
        .extracting(Diagnostic::field, Diagnostic::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("spec.remote.timeout", "\"2m\" is longer than 60s"),
            org.assertj.core.groups.Tuple.tuple(
                "spec.remote.url",
                "features of people would go over a connection that is not encrypted"));
    assertThat(errors(remote.replace("2m", "10s"))).isEmpty();
  }
}

package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.model.Classification;
import dev.lettershop.api.v1alpha1.model.Clustering;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.model.ModelAction;
import dev.lettershop.api.v1alpha1.model.ModelFeature;
import dev.lettershop.api.v1alpha1.model.ModelSpec;
import dev.lettershop.api.v1alpha1.model.Recommending;
import dev.lettershop.api.v1alpha1.model.RemoteModel;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.ModelPlan;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.resource.DurationText;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.rule.FormulaResult;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.rule.ast.EventWindow;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compiles one Model: whether it can be learnt at all, and without knowing what comes later. */
final class ModelCompiler {
  private static final Duration SHORTEST_HORIZON = Duration.ofHours(1);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
  private static final Duration LONGEST_HORIZON = Duration.ofDays(1000);

  private final PlanCompiler compiler;
  private final ResourceSet resources;
  private final Findings findings;
  private final ResourceRef ref;
  private final ModelSpec spec;
  private final Map<String, String> segments = new TreeMap<>();

  ModelCompiler(
      PlanCompiler compiler,
      ResourceSet resources,
      Findings findings,
      ResourceRef ref,
      ModelSpec spec) {
    this.compiler = compiler;
    this.resources = resources;
    this.findings = findings;
    this.ref = ref;
    this.spec = spec;
  }

  /** Null after reporting an error. */
  ModelPlan compile() {
    StoreContext store =
        compiler.store(ref, "spec.storeRef.name", spec.storeRef().name(), findings);
    if (store == null) {
      return null;
    }
    stable(store);
    if (spec.population() != null) {
      RuleResult population = store.compileAsOf(spec.population());
      take("spec.population", population.problems(), population.segments(), store);
      if (population.rule() != null) {
        known("spec.population", population.rule().attributes(), population.rule().models());
      }
    }
    Set<String> names = features(store);
    if (spec.classify() != null) {
      classify(spec.classify(), store);
    }
    if (spec.cluster() != null) {
      cluster(spec.cluster(), names);
    }
    choose(store);
    if (spec.recommend() != null) {
      recommend(spec.recommend(), store);
    }
    if (spec.remote() != null) {
      remote(spec.remote());
    }
    return findings.hasErrors()
        ? null
        : new ModelPlan(
            resources.namespace(), ref.name(), PlanCompiler.planned(store), segments, spec);
  }

  private void stable(StoreContext store) {
    for (int i = 0; i < spec.stableAttributes().size(); i++) {
      String name = spec.stableAttributes().get(i);
      if (!store.schema().attributes().containsKey(name)) {
        findings.error(
            ref,
            "spec.stableAttributes[" + i + "]",
            "unknown attribute \"" + name + "\"",
            DidYouMean.fix(name, store.schema().attributes().keySet()));
      }
    }
  }

  private Set<String> features(StoreContext store) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < spec.features().size(); i++) {
      ModelFeature feature = spec.features().get(i);
      String field = "spec.features[" + i + "]";
      if (!names.add(feature.name())) {
        findings.error(
            ref,
            field + ".name",
            "there are two features \"" + feature.name() + "\"",
            "give one of them another name");
      }
      FormulaResult result = store.compileFormula(feature.value());
      take(field + ".value", result.problems(), result.segments(), store);
      if (result.formula() != null) {
        known(field + ".value", result.formula().attributes(), result.formula().models());
      }
    }
    return names;
  }

  /** What is asked must have been known at each moment that is learnt from. */
  private void known(String field, Set<String> attributes, Set<String> models) {
    if (!models.isEmpty()) {
      findings.error(
          ref,
          field,
          "a model cannot learn from what models say: of that only today's value is known",
          "remove score(…) and cluster(…)");
    }
    if (spec.classify() == null) {
      return;
    }
    for (String attribute : attributes) {
      if (!spec.stableAttributes().contains(attribute)) {
        findings.error(
            ref,
            field,
            "of profile." + attribute + " only today's value is known, not the one at the time",
            "use events instead, or add \""
                + attribute
                + "\" to spec.stableAttributes if it never changes");
      }
    }
  }

  private void classify(Classification classify, StoreContext store) {
    Duration horizon = DurationText.read(classify.horizon()).orElse(Duration.ZERO);
    if (horizon.compareTo(SHORTEST_HORIZON) < 0 || horizon.compareTo(LONGEST_HORIZON) > 0) {
      findings.error(
          ref,
          "spec.classify.horizon",
          "\"" + classify.horizon() + "\" is not between 1h and 1000d",
          "write how far ahead is looked, such as 90d");
      return;
    }
    String field = "spec.classify.label";
    RuleResult label = store.compileAsOf(classify.label());
    take(field, label.problems(), label.segments(), store);
    if (label.rule() == null) {
      return;
    }
    if (!label.rule().attributes().isEmpty() || !label.rule().models().isEmpty()) {
      findings.error(
          ref,
          field,
          "a label is about events: of "
              + (label.rule().attributes().isEmpty() ? "models" : "attributes")
              + " only today's value is known",
          "ask for events, as in events(\"order_completed\", duration(\"2160h\")).size() > 0");
    }
    if (label.rule().eventNames().isEmpty()) {
      findings.error(ref, field, "the label asks for no event", "ask for one that is to come");
    }
    ExprParts.visit(label.rule().expr(), part -> within(part, horizon, field, classify));
  }

  /** What was known before the horizon began must not decide the label. */
  private void within(Expr part, Duration horizon, String field, Classification classify) {
    Expr.Events events = ExprParts.events(part);
    if (events == null) {
      return;
    }
    EventWindow window = events.window();
    boolean inside =
        window.from() instanceof Expr.Now now && now.offset().negated().compareTo(horizon) <= 0;
    if (!inside) {
      findings.error(
          ref,
          field,
          "events(\""
              + events.name()
              + "\") looks back further than the horizon of "
              + classify.horizon()
              + ", at what was known before",
          "write events(\""
              + events.name()
              + "\", duration(\""
              + horizon.toHours()
              + "h\")) or a shorter time");
    }
  }

  private void cluster(Clustering cluster, Set<String> features) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < cluster.groups().size(); i++) {
      var group = cluster.groups().get(i);
      String field = "spec.cluster.groups[" + i + "]";
      if (!names.add(group.name())) {
        findings.error(
            ref,
            field + ".name",
            "there are two groups \"" + group.name() + "\"",
            "give one of them another name");
      }
      group
          .like()
          .keySet()
          .forEach(
              feature -> {
                if (!features.contains(feature)) {
                  findings.error(
                      ref,
                      field + ".like." + feature,
                      "unknown feature \"" + feature + "\"",
                      DidYouMean.fix(feature, features));
                }
              });
    }
  }

  private void choose(StoreContext store) {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < spec.choose().size(); i++) {
      ModelAction action = spec.choose().get(i);
      String field = "spec.choose[" + i + "]";
      if (!names.add(action.action())) {
        findings.error(
            ref,
            field + ".action",
            "there are two actions \"" + action.action() + "\"",
            "give one of them another name");
      }
      Model scoring =
          findings.resolve(ref, field + ".score", "Model", action.score(), resources.models());
      if (scoring != null
          && scoring.getSpec() != null
          && scoring.getSpec().classify() == null
          && scoring.getSpec().remote() == null) {
        findings.error(
            ref,
            field + ".score",
            "Model/" + action.score() + " says no chance",
            "name a Model with classify or remote");
      }
      if (action.when() != null) {
        RuleResult when = store.compile(action.when());
        take(field + ".when", when.problems(), when.segments(), store);
      }
    }
  }

  private void recommend(Recommending recommend, StoreContext store) {
    EventDefinition event = store.schema().events().get(recommend.event());
    if (event == null) {
      findings.error(
          ref,
          "spec.recommend.event",
          "ProfileStore/" + store.name() + " declares no event \"" + recommend.event() + "\"",
          DidYouMean.fix(recommend.event(), store.schema().events().keySet()));
    } else {
      AttributeType type = event.properties().get(recommend.item());
      if (type == null) {
        findings.error(
            ref,
            "spec.recommend.item",
            "the event \"" + event.name() + "\" has no property \"" + recommend.item() + "\"",
            DidYouMean.fix(recommend.item(), event.properties().keySet()));
      } else if (type != AttributeType.String && type != AttributeType.Integer) {
        findings.error(
            ref,
            "spec.recommend.item",
            "\"" + recommend.item() + "\" is of type " + type + " and names no item",
            "name a property of type String or Integer");
      }
    }
    String source = recommend.catalogue().sourceRef().name();
    String field = "spec.recommend.catalogue.sourceRef.name";
    ProfileSource found =
        findings.resolve(ref, field, "ProfileSource", source, resources.profileSources());
    if (found == null || found.getSpec() == null) {
      return;
    }
    if (found.getSpec().provides() != Provides.Products) {
      findings.error(
          ref,
          field,
          "ProfileSource/" + source + " provides " + found.getSpec().provides(),
          "name one with provides: Products");
    } else if (!found.getSpec().storeRef().name().equals(store.name())) {
      findings.error(
          ref,
          field,
          "ProfileSource/" + source + " fills another ProfileStore",
          "name one that fills ProfileStore/" + store.name());
    }
  }

  private void remote(RemoteModel remote) {
    if (DurationText.read(remote.timeout()).orElse(Duration.ZERO).compareTo(LONGEST_ANSWER) > 0) {
      findings.error(
          ref,
          "spec.remote.timeout",
          "\"" + remote.timeout() + "\" is longer than 60s",
          "shorten it, and lower batch if the server is slow");
    }
    boolean secret = remote.auth().credentialsSecretRef() != null;
    if (remote.url().startsWith("http:") && (secret || !remote.allowPrivateAddresses())) {
      findings.warning(
          ref,
          "spec.remote.url",
          (secret ? "credentials and features" : "features of people")
              + " would go over a connection that is not encrypted",
          "use https");
    }
  }

  private void take(String field, List<Problem> problems, Set<String> reached, StoreContext store) {
    problems.forEach(problem -> findings.add(ref, field, problem));
    store.note(reached, findings);
    reached.stream()
        .filter(store::hasSegment)
        .forEach(
            name -> {
              store.compileSegment(name, findings);
              segments.put(name, store.cel(name));
            });
  }
}

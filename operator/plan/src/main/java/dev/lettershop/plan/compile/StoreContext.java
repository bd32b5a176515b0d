package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.model.ModelSpec;
import dev.lettershop.api.v1alpha1.segment.SegmentRules;
import dev.lettershop.api.v1alpha1.segment.SegmentSpec;
import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.store.ProfileStoreSpec;
import dev.lettershop.api.v1alpha1.store.ScannerNetwork;
import dev.lettershop.api.v1alpha1.store.Topic;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.rule.FormulaResult;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.rule.ast.Expr;
import dev.lettershop.rule.ast.ExprParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One ProfileStore with what depends on it alone: its schema and its segments, whichever form they
 * are written in. What is wrong with a segment is found here and reported to those that use the
 * segment, not to everybody who uses the store.
 */
final class StoreContext {
  private final ProfileStore store;
  private final ProfileSchema schema;
  private final Set<String> known;
  private final Inputs inputs;
  private final RuleCompiler rules;
  private final Map<String, RuleResult> compiled = new HashMap<>();

  /** What a model says of people. */
  private enum Gives {
    Score,
    Group,
    /** An action, and what it is expected to be worth. */
    Both,
    /** Recommendations, which only templates show. */
    Items;

    static Gives of(ModelSpec model) {
      if (model.recommend() != null) {
        return Items;
      }
      if (model.cluster() != null) {
        return Group;
      }
      return model.classify() != null || model.remote() != null ? Score : Both;
    }
  }

  /**
   * All that a context is made from: equal inputs give equal contexts.
   *
   * @param giving models by name, and what they give
   */
  private record Inputs(
      ProfileStoreSpec store,
      Map<String, SegmentSpec> segments,
      Set<String> names,
      String namespace,
      Map<String, Gives> giving) {

    static Inputs of(ProfileStore store, ResourceSet resources) {
      Map<String, SegmentSpec> segments = new TreeMap<>();
      resources
          .segments()
          .forEach(
              (name, segment) -> {
                if (segment.getSpec() != null
                    && segment.getSpec().storeRef().name().equals(store.getMetadata().getName())) {
                  segments.put(name, segment.getSpec());
                }
              });
      Map<String, Gives> giving = new TreeMap<>();
      resources
          .models()
          .forEach(
              (name, model) -> {
                if (model.getSpec() != null) {
                  giving.put(name, Gives.of(model.getSpec()));
                }
              });
      return new Inputs(
          store.getSpec(),
          segments,
          Set.copyOf(resources.segments().keySet()),
          resources.namespace(),
          giving);
    }
  }

  private StoreContext(ProfileStore store, ProfileSchema schema, Inputs inputs) {
    this.store = store;
    this.schema = schema;
    this.known = inputs.names();
    this.inputs = inputs;
    Map<String, String> expressions = new TreeMap<>();
    Map<String, SegmentRules> structured = new TreeMap<>();
    inputs
        .segments()
        .forEach(
            (segment, spec) -> {
              if (spec.expression() == null && spec.rules() != null) {
                structured.put(segment, spec.rules());
              } else {
                // Nothing at all is a mistake too, so that segments that name this one do not
                // compile.
                expressions.put(segment, spec.expression() == null ? "" : spec.expression());
              }
            });
    this.rules = new RuleCompiler(schema, expressions, structured, inputs.namespace());
  }

  static StoreContext of(ProfileStore store, ResourceSet resources, Findings findings) {
    String name = store.getMetadata().getName();
    check(store, new ResourceRef("ProfileStore", name), findings);
    ProfileSchema schema =
        ProfileSchema.of(
                store.getSpec().attributes(),
                store.getSpec().events(),
                store.getSpec().encryption() != null)
            .in(store.getSpec().currency());
    return new StoreContext(store, schema, Inputs.of(store, resources));
  }

  private static void check(ProfileStore store, ResourceRef ref, Findings findings) {
    Map<String, AttributeType> seen = new LinkedHashMap<>();
    for (int i = 0; i < store.getSpec().attributes().size(); i++) {
      var attribute = store.getSpec().attributes().get(i);
      String field = "spec.attributes[" + i + "].name";
      if (ProfileSchema.BUILT_IN.stream().anyMatch(b -> b.name().equals(attribute.name()))) {
        findings.error(
            ref, field, "\"" + attribute.name() + "\" is built in", "remove the declaration");
      } else if (seen.put(attribute.name(), attribute.type()) != null) {
        findings.error(
            ref, field, "\"" + attribute.name() + "\" is declared twice", "keep one of them");
      }
    }
    for (int i = 0; i < store.getSpec().dropAttributes().size(); i++) {
      String dropped = store.getSpec().dropAttributes().get(i);
      store.getSpec().attributes().stream()
          .filter(a -> dropped.equals(a.name()) || dropped.equals(a.renamedFrom()))
          .findFirst()
          .ifPresent(needed -> refuseToDrop(dropped, needed, ref, findings));
    }
    for (int i = 0; i < store.getSpec().events().size(); i++) {
      String event = store.getSpec().events().get(i).name();
      if (ProfileSchema.OF_MAILS.stream().anyMatch(ofMails -> ofMails.name().equals(event))) {
        findings.error(
            ref,
            "spec.events[" + i + "].name",
            "\"" + event + "\" is built in: it is recorded of mails",
            "remove the declaration, or name yours otherwise");
      }
    }
    scannerNetworks(store, ref, findings);
  }

  private static void scannerNetworks(ProfileStore store, ResourceRef ref, Findings findings) {
    if (store.getSpec().engagement() == null) {
      return;
    }
    List<ScannerNetwork> networks = store.getSpec().engagement().scannerNetworks();
    for (int i = 0; i < networks.size(); i++) {
      if (Cidr.parse(networks.get(i).network()).isEmpty()) {
        findings.error(
            ref,
            "spec.engagement.scannerNetworks[" + i + "].network",
            "\"" + networks.get(i).network() + "\" is not a network in CIDR notation",
            "write it like 203.0.113.0/24 or 2001:db8::/48");
      }
    }
  }

  private static void refuseToDrop(
      String dropped, Attribute needed, ResourceRef ref, Findings findings) {
    findings.error(
        ref,
        "spec.dropAttributes",
        dropped.equals(needed.name())
            ? "\"" + dropped + "\" is declared in spec.attributes"
            : "\"" + needed.name() + "\" is renamed from \"" + dropped + "\"",
        "remove it here, or remove the "
            + (dropped.equals(needed.name()) ? "declaration" : "renamedFrom")
            + " and lose its values");
  }

  /** Whether it would come out the same from these resources. */
  boolean holdsFor(ResourceSet resources) {
    ProfileStore now = resources.profileStores().get(name());
    return now != null && now.getSpec() != null && inputs.equals(Inputs.of(now, resources));
  }

  ProfileStore store() {
    return store;
  }

  String name() {
    return store.getMetadata().getName();
  }

  ProfileSchema schema() {
    return schema;
  }

  /** Whether a segment of this store has that name. */
  boolean hasSegment(String name) {
    return inputs.segments().containsKey(name);
  }

  /** CEL of a segment of this store, whichever form it is written in; empty when it has errors. */
  String cel(String segment) {
    RuleResult result = compiled(segment);
    return result.isOk() ? result.rule().source().strip() : "";
  }

  RuleResult compile(String cel) {
    return withModels(rules.compile(cel));
  }

  /** The same for a rule that is asked as of moments that are over. */
  RuleResult compileAsOf(String cel) {
    return rules.compileAsOf(cel);
  }

  FormulaResult compileFormula(String cel) {
    return rules.compileFormula(cel);
  }

  /** Adds warnings about models that say nothing of the kind. */
  private RuleResult withModels(RuleResult result) {
    if (result.rule() == null || result.rule().models().isEmpty()) {
      return result;
    }
    List<FieldProblem> found = new ArrayList<>(result.findings());
    ExprParts.visit(
        result.rule().expr(),
        part -> {
          if (part instanceof Expr.Score score) {
            model(score.model(), true, found);
          } else if (part instanceof Expr.Cluster cluster) {
            model(cluster.model(), false, found);
          }
        });
    return new RuleResult(result.rule(), found, result.segments());
  }

  private void model(String key, boolean score, List<FieldProblem> found) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    Gives gives = inputs.giving().get(name);
    String asked = score ? "score" : "cluster";
    if (gives == null) {
      found.add(
          ofModel(
              null,
              "unknown Model \"" + name + "\": " + asked + "(…) is unknown for everybody",
              inputs.giving().isEmpty()
                  ? "add it"
                  : DidYouMean.fix(name, inputs.giving().keySet())));
    } else if (gives != Gives.Both && gives != (score ? Gives.Score : Gives.Group)) {
      found.add(
          ofModel(
              null,
              "Model/" + name + " gives no " + (score ? "score" : "group"),
              gives == Gives.Items
                  ? "name another Model"
                  : "write " + (score ? "cluster" : "score") + "(\"" + name + "\")"));
    }
  }

  RuleResult compileAboutEvent(String event, String cel) {
    return rules.compileAboutEvent(event, cel);
  }

  /** Only CEL can ask for models. */
  private static FieldProblem ofModel(Position position, String message, String fix) {
    return new FieldProblem("expression", Problem.warning(position, message, fix));
  }

  /** Compiles a segment of this store and reports what is wrong with it on the Segment. */
  RuleResult compileSegment(String name, Findings findings) {
    RuleResult result = compiled(name);
    note(result, findings);
    ResourceRef ref = new ResourceRef("Segment", name);
    SegmentSpec spec = inputs.segments().get(name);
    if (spec.expression() == null && spec.rules() == null) {
      findings.error(ref, "spec", "exactly one of expression and rules must be set", null);
      return result;
    }
    result.findings().forEach(found -> findings.add(ref, "spec." + found.field(), found.problem()));
    return result;
  }

  private RuleResult compiled(String segment) {
    return compiled.computeIfAbsent(segment, name -> withModels(rules.compileNamed(name)));
  }

  /** Notes what a rule depends on. */
  void note(RuleResult result, Findings findings) {
    note(result.segments(), findings);
  }

  /** Notes segments that a rule reaches. */
  void note(Set<String> reached, Findings findings) {
    for (String segment : reached) {
      ResourceRef ref = new ResourceRef("Segment", segment);
      if (known.contains(segment)) {
        findings.refersTo(ref);
      } else {
        findings.misses(ref);
      }
    }
  }

  Optional<Topic> topic(String name) {
    return store.getSpec().topics().stream().filter(t -> t.name().equals(name)).findFirst();
  }
}

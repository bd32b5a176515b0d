package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.AttributeType;
import dev.lettershop.api.v1alpha1.ProfileStore;
import dev.lettershop.api.v1alpha1.Segment;
import dev.lettershop.api.v1alpha1.SegmentSpec;
import dev.lettershop.api.v1alpha1.Topic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.resource.ResourceSet;
import dev.lettershop.rule.RuleCompiler;
import dev.lettershop.rule.RuleResult;
import dev.lettershop.rule.StructuredRules;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One ProfileStore with what depends on it alone: its schema and the CEL of its segments, whichever
 * form they are written in.
 */
final class StoreContext {
  private final ProfileStore store;
  private final ProfileSchema schema;
  private final Map<String, String> segments;
  private final RuleCompiler rules;
  private final Map<String, RuleResult> compiled = new HashMap<>();

  private StoreContext(ProfileStore store, ProfileSchema schema, Map<String, String> segments) {
    this.store = store;
    this.schema = schema;
    this.segments = Collections.unmodifiableMap(segments);
    this.rules = new RuleCompiler(schema, segments);
  }

  static StoreContext of(ProfileStore store, ResourceSet resources, Findings findings) {
    String name = store.getMetadata().getName();
    check(store, new ResourceRef("ProfileStore", name), findings);
    ProfileSchema schema = ProfileSchema.of(store.getSpec().attributes(), store.getSpec().events());
    Map<String, String> segments = new TreeMap<>();
    for (Map.Entry<String, Segment> entry : resources.segments().entrySet()) {
      SegmentSpec spec = entry.getValue().getSpec();
      if (spec != null && spec.storeRef().name().equals(name)) {
        cel(
                spec,
                schema,
                resources.segments().keySet(),
                new ResourceRef("Segment", entry.getKey()),
                findings)
            .ifPresent(expression -> segments.put(entry.getKey(), expression));
      }
    }
    return new StoreContext(store, schema, segments);
  }

  private static void check(ProfileStore store, ResourceRef ref, Findings findings) {
    new NotYetApplied(findings).store(ref, store.getSpec());
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
  }

  private static Optional<String> cel(
      SegmentSpec spec,
      ProfileSchema schema,
      Set<String> known,
      ResourceRef ref,
      Findings findings) {
    if (spec.expression() != null) {
      return Optional.of(spec.expression());
    }
    if (spec.rules() == null) {
      findings.error(ref, "spec", "exactly one of expression and rules must be set", null);
      return Optional.empty();
    }
    StructuredRules.Result result = StructuredRules.toCel(spec.rules(), schema, known);
    result.problems().forEach(p -> findings.add(ref, p.field(), p.problem()));
    return Optional.ofNullable(result.cel());
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

  /** CEL of each segment of this store, by name. */
  Map<String, String> segments() {
    return segments;
  }

  RuleResult compile(String cel) {
    return rules.compile(cel);
  }

  /** Compiles a segment of this store and reports what is wrong with it on the Segment. */
  RuleResult compileSegment(String name, Findings findings) {
    RuleResult result = compiled.computeIfAbsent(name, rules::compileNamed);
    result
        .problems()
        .forEach(p -> findings.add(new ResourceRef("Segment", name), "spec.expression", p));
    return result;
  }

  Optional<Topic> topic(String name) {
    return store.getSpec().topics().stream().filter(t -> t.name().equals(name)).findFirst();
  }
}

package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.collector.CollectorSource;
import dev.lettershop.api.v1alpha1.collector.CollectorSpec;
import dev.lettershop.api.v1alpha1.collector.CollectorTrust;
import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.field.FieldRule;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks who may send events. Mapping and cleaning are held to the same rules as those of a
 * ProfileSource.
 */
final class CollectorSourceCheck {
  /** What user ids are called when nothing is said. */
  private static final String USER_ID = "user_id";

  private final Findings findings;
  private final ResourceRef ref;
  private final ProfileSchema schema;
  private final CollectorSpec collector;

  CollectorSourceCheck(
      Findings findings, ResourceRef ref, ProfileSchema schema, CollectorSpec collector) {
    this.findings = findings;
    this.ref = ref;
    this.schema = schema;
    this.collector = collector;
  }

  /** The cleaning of all sources. */
  void cleaning() {
    rules(
        "spec.normalise.fields",
        collector.normalise(),
        new SourceIdentity(USER_ID, null, null, null),
        collector.normalise().fields());
  }

  /** What the plan says of a source; complete when nothing was found. */
  CollectorPlan.Source compile(String field, CollectorSource source) {
    for (int i = 0; i < source.events().size(); i++) {
      String event = source.events().get(i);
      if (!schema.events().containsKey(event)) {
        findings.error(
            ref,
            field + ".events[" + i + "]",
            "ProfileStore/" + collector.storeRef().name() + " has no event \"" + event + "\"",
            schema.events().isEmpty()
                ? "declare it in spec.events there"
                : DidYouMean.fix(event, schema.events().keySet()));
      }
    }
    if (source.trust() == CollectorTrust.Browser) {
      traitsOfBrowsers(field, source.traits());
    }
    SourceIdentity identity =
        new SourceIdentity(
            source.userIdKey() == null ? USER_ID : source.userIdKey(),
            source.alsoMatch(),
            source.precedence(),
            null);
    mapping(field + ".mapping", Provides.Events, identity, source.mapping());
    mapping(field + ".traits", Provides.Profiles, identity, source.traits());
    rules(
        field + ".fields",
        Normalise.DEFAULT.withFields(source.fields()),
        identity,
        source.fields());
    return new CollectorPlan.Source(
        source.name(),
        source.trust(),
        source.writeKeySecretRef(),
        source.userKeySecretRef(),
        source.signingKeySecretRef(),
        source.origins(),
        source.events(),
        identity,
        source.mapping(),
        source.traits(),
        cleaning(source));
  }

  /** What everybody could send in somebody else's name is not taken. */
  private void traitsOfBrowsers(String field, List<FieldMapping> traits) {
    for (int i = 0; i < traits.size(); i++) {
      String to = traits.get(i).to();
      AttributeDefinition attribute = schema.attributes().get(to);
      if (to.equals("email") || attribute != null && attribute.pii()) {
        findings.error(
            ref,
            field + ".traits[" + i + "].to",
            "\"" + to + "\" is not changed by a Browser source: everybody can read its write key",
            "send it from a source with trust Server");
      }
    }
  }

  private void mapping(
      String field, Provides provides, SourceIdentity identity, List<FieldMapping> mapping) {
    for (FieldProblem found :
        SourceFieldsCheck.problems(
            source(provides, identity, mapping, Normalise.DEFAULT), schema)) {
      findings.add(
          ref,
          found
              .field()
              .replace("spec.mapping", field)
              .replace("spec.identity", field.substring(0, field.lastIndexOf('.'))),
          found.problem());
    }
  }

  private static ProfileSourceSpec source(
      Provides provides, SourceIdentity identity, List<FieldMapping> mapping, Normalise normalise) {
    return new ProfileSourceSpec(
        null, provides, null, null, null, null, null, null, null, identity, mapping, normalise,
        null);
  }

  /** Rules of single fields, which may be attributes or properties of events. */
  private void rules(
      String field, Normalise normalise, SourceIdentity identity, List<FieldRule> rules) {
    Set<String> targets = new TreeSet<>();
    for (Provides provides : List.of(Provides.Events, Provides.Profiles)) {
      targets.addAll(
          SourceFieldsCheck.targets(
              source(provides, identity, List.of(), Normalise.DEFAULT), schema));
    }
    for (FieldProblem found : new NormaliseCheck(schema, targets).problems(normalise)) {
      findings.add(ref, found.field().replace("spec.normalise.fields", field), found.problem());
    }
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).tableFrom() != null) {
        findings.error(
            ref,
            field + "[" + i + "].tableFrom",
            "is not read by a Collector",
            "write the values into table");
      }
    }
  }

  /** The collector's cleaning; what a source says of a field counts. */
  private Normalise cleaning(CollectorSource source) {
    List<FieldRule> fields = new ArrayList<>(source.fields());
    collector.normalise().fields().stream()
        .filter(rule -> source.fields().stream().noneMatch(own -> own.name().equals(rule.name())))
        .forEach(fields::add);
    return collector.normalise().withFields(fields);
  }
}

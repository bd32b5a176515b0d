package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.source.FileFormat;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.mapping.MappingCompiler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be known to be wrong with a source's fields without looking at its data. */
public final class SourceFieldsCheck {
  /** Attributes that no source may fill. */
  public static final Set<String> KEPT_BY_THE_STORE = Set.of("id", "created_at", "updated_at");

  /** Fields of a consent that say how it is known. */
  public static final List<String> CONSENT_EVIDENCE =
      List.of("form", "wording", "wording_version", "ip_address", "confirmed_at");

  /** Fields of a suppression beside the address, hash or domain. */
  public static final List<String> SUPPRESSION_FIELDS =
      List.of("reason", "message", "code", "note", "occurred_at");

  /** Fields of a product beside its id. */
  public static final List<String> PRODUCT_FIELDS =
      List.of(
          "name", "description", "url", "image_url", "price", "currency", "category", "available");

  /** What every event has; a property may be called so as well. */
  public static final Set<String> EVENT_FIELDS = Set.of("id", "name", "occurred_at");

  /** Object of a record in which the properties of an event may stand. */
  public static final String PROPERTIES = "properties";

  private SourceFieldsCheck() {}

  /** Problems of identity and mapping, by field path; positions count within the mapped CEL. */
  public static List<FieldProblem> problems(ProfileSourceSpec spec, ProfileSchema schema) {
    if (spec.identity() == null || spec.identity().key() == null) {
      return List.of(
          problem(
              "spec.identity.key",
              "is missing: nobody knows what the records are about",
              "name the column that identifies a person, or of Products the product"));
    }
    List<FieldProblem> problems = new ArrayList<>();
    Set<String> targets = targets(spec, schema);
    List<FieldMapping> mapping = spec.mapping();
    for (int i = 0; i < mapping.size(); i++) {
      String to = mapping.get(i).to();
      if (!targets.contains(to)) {
        problems.add(
            problem(
                "spec.mapping[" + i + "].to",
                "nothing is called \"" + to + "\" that this source could fill",
                DidYouMean.fix(to, targets)));
      }
    }
    if (!mapping.isEmpty()) {
      problems.addAll(new MappingCompiler().compile(mapping).problems());
    }
    for (int i = 0; i < spec.identity().alsoMatch().size(); i++) {
      String attribute = spec.identity().alsoMatch().get(i);
      if (!schema.attributes().containsKey(attribute)) {
        problems.add(
            problem(
                "spec.identity.alsoMatch[" + i + "]",
                "unknown attribute \"" + attribute + "\"",
                DidYouMean.fix(attribute, schema.attributes().keySet())));
      }
    }
    if (spec.provides() == Provides.Events) {
      properties(spec, schema, problems);
    }
    problems.addAll(new NormaliseCheck(schema, targets).problems(spec.normalise()));
    return problems;
  }

  /** In flat records a column is the event's own field before it is a property of that name. */
  private static void properties(
      ProfileSourceSpec spec, ProfileSchema schema, List<FieldProblem> problems) {
    boolean flat =
        spec.jdbc() != null || spec.file() != null && spec.file().format() == FileFormat.Csv;
    if (!flat) {
      return;
    }
    Set<String> mapped = spec.mapping().stream().map(FieldMapping::to).collect(Collectors.toSet());
    for (EventDefinition event : schema.events().values()) {
      for (String name : event.properties().keySet()) {
        String property = PROPERTIES + "." + name;
        if (EVENT_FIELDS.contains(name) && !mapped.contains(name) && !mapped.contains(property)) {
          problems.add(
              new FieldProblem(
                  "spec.mapping",
                  Problem.warning(
                      null,
                      "the property \"%s\" of \"%s\" is never filled: the column of that name is the event's own"
                          .formatted(name, event.name()),
                      "map it, such as {to: "
                          + property
                          + ", value: record.product_"
                          + name
                          + "}")));
        }
      }
    }
  }

  /** What a source can fill. */
  static Set<String> targets(ProfileSourceSpec spec, ProfileSchema schema) {
    Set<String> targets = new LinkedHashSet<>();
    targets.add(spec.identity().key());
    switch (spec.provides()) {
      case Profiles ->
          schema.attributes().keySet().stream()
              .filter(name -> !KEPT_BY_THE_STORE.contains(name))
              .forEach(targets::add);
      case Events -> {
        targets.addAll(EVENT_FIELDS);
        for (EventDefinition event : schema.events().values()) {
          targets.addAll(event.properties().keySet());
          event.properties().keySet().forEach(name -> targets.add(PROPERTIES + "." + name));
        }
      }
      case Consents -> {
        targets.addAll(List.of("topic", "status", "occurred_at", "evidence"));
        targets.addAll(CONSENT_EVIDENCE);
      }
      case Suppressions -> targets.addAll(SUPPRESSION_FIELDS);
      case Products -> targets.addAll(PRODUCT_FIELDS);
    }
    return targets;
  }

  private static FieldProblem problem(String field, String message, String fix) {
    return new FieldProblem(field, Problem.error(null, message, fix));
  }
}

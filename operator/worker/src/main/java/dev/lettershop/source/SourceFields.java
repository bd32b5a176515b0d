package dev.lettershop.source;

import dev.lettershop.api.v1alpha1.FieldMapping;
import dev.lettershop.api.v1alpha1.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.Provides;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.rule.Mapping;
import dev.lettershop.rule.MappingCompiler;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compiles what a source says about its fields, and checks it against the schema and the input. */
final class SourceFields {
  private final ProfileSourceSpec spec;
  private final List<FieldMapping> declared;
  private final Mapping mapping;

  private SourceFields(ProfileSourceSpec spec, List<FieldMapping> declared, Mapping mapping) {
    this.spec = spec;
    this.declared = declared;
    this.mapping = mapping;
  }

  /**
   * @throws SourceFault with everything that is wrong with the mapping
   */
  static SourceFields compile(ProfileSourceSpec spec, ProfileSchema schema) throws SourceFault {
    if (spec.identity() == null || spec.identity().key() == null) {
      throw new SourceFault(
          "spec.identity.key",
          "is missing: nobody knows whom the records are about",
          "name the column that identifies a person");
    }
    List<FieldMapping> declared = spec.mapping() == null ? List.of() : spec.mapping();
    List<FieldProblem> problems = unknownTargets(spec, schema, declared);
    Mapping mapping = null;
    if (!declared.isEmpty()) {
      MappingCompiler.Result compiled = new MappingCompiler().compile(declared);
      problems.addAll(compiled.problems());
      mapping = compiled.mapping();
    }
    List<FieldProblem> errors =
        problems.stream().filter(problem -> problem.problem().isError()).toList();
    if (!errors.isEmpty()) {
      throw new SourceFault(errors);
    }
    return new SourceFields(spec, declared, mapping);
  }

  Fields fields() {
    return new Fields(mapping, declared, new Cleaning(spec.normalise()));
  }

  /**
   * Checks that the columns are there which nothing works without.
   *
   * @param columns null when each record has its own
   */
  void checkColumns(List<String> columns) throws SourceFault {
    if (columns == null) {
      return;
    }
    List<FieldProblem> problems = new ArrayList<>();
    String key = spec.identity().key();
    if (declared.stream().noneMatch(field -> field.to().equals(key)) && !columns.contains(key)) {
      problems.add(
          problem(
              "spec.identity.key",
              "the file has no column \"" + key + "\"",
              DidYouMean.fix(key, columns)));
    }
    for (int i = 0; i < declared.size(); i++) {
      for (String column : MappedColumns.of(declared.get(i).value())) {
        if (!columns.contains(column)) {
          problems.add(
              problem(
                  "spec.mapping[" + i + "].value",
                  "the file has no column \"" + column + "\"",
                  DidYouMean.fix(column, columns)));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceFault(problems);
    }
  }

  private static List<FieldProblem> unknownTargets(
      ProfileSourceSpec spec, ProfileSchema schema, List<FieldMapping> declared) {
    Set<String> targets = targets(spec.provides(), schema);
    targets.add(spec.identity().key());
    List<FieldProblem> problems = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      String to = declared.get(i).to();
      if (!targets.contains(to)) {
        problems.add(
            problem(
                "spec.mapping[" + i + "].to",
                "nothing is called \"" + to + "\" that this source could fill",
                DidYouMean.fix(to, targets)));
      }
    }
    return problems;
  }

  private static Set<String> targets(Provides provides, ProfileSchema schema) {
    Set<String> targets = new LinkedHashSet<>();
    switch (provides == null ? Provides.Profiles : provides) {
      case Profiles -> {
        targets.addAll(schema.attributes().keySet());
        targets.removeAll(ProfileMapper.KEPT_BY_THE_STORE);
      }
      case Events -> {
        targets.addAll(List.of("id", "name", "occurred_at"));
        for (EventDefinition event : schema.events().values()) {
          targets.addAll(event.properties().keySet());
        }
      }
      case Consents -> targets.addAll(List.of("topic", "status", "occurred_at", "evidence"));
    }
    return targets;
  }

  private static FieldProblem problem(String field, String message, String fix) {
    return new FieldProblem(field, Problem.error(null, message, fix));
  }
}

package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.source.InvalidPolicy;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.Provides;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.plan.compile.SourceFieldsCheck;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import dev.lettershop.rule.mapping.Mapping;
import dev.lettershop.rule.mapping.MappingCompiler;
import dev.lettershop.source.clean.Cleaning;
import dev.lettershop.source.clean.ColumnTypes;
import dev.lettershop.source.connect.Column;
import dev.lettershop.source.read.SourceFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compiles what a source says about its fields, and checks it against the schema and the input. */
public final class SourceFields {
  private final ProfileSourceSpec spec;
  private final List<FieldMapping> declared;
  private final Mapping mapping;

  private SourceFields(ProfileSourceSpec spec, List<FieldMapping> declared, Mapping mapping) {
    this.spec = spec;
    this.declared = declared;
    this.mapping = mapping;
  }

  /**
   * @throws SourceFault with everything that is wrong with identity and mapping
   */
  public static SourceFields compile(ProfileSourceSpec spec, ProfileSchema schema)
      throws SourceFault {
    List<FieldProblem> errors =
        SourceFieldsCheck.problems(spec, schema).stream()
            .filter(problem -> problem.problem().isError())
            .toList();
    if (!errors.isEmpty()) {
      throw new SourceFault(errors);
    }
    List<FieldMapping> declared = spec.mapping();
    Mapping mapping = declared.isEmpty() ? null : new MappingCompiler().compile(declared).mapping();
    return new SourceFields(spec, declared, mapping);
  }

  public Fields fields() {
    return new Fields(
        mapping,
        declared,
        new Cleaning(spec.normalise(), spec.onInvalid().policy() == InvalidPolicy.Fail));
  }

  /**
   * Checks that all required columns exist, and that expressions can take what they hold.
   *
   * @param columns null when each record has its own
   */
  public void checkColumns(List<String> columns) throws SourceFault {
    // A file's columns hold text.
    checkColumns(
        columns == null
            ? null
            : columns.stream().map(name -> new Column(name, AttributeType.String)).toList(),
        "file");
  }

  /**
   * Columns that are called like an attribute but for case and separators, where nothing else fills
   * the attribute: most likely they were meant to.
   *
   * @param columns null when each record has its own
   */
  public List<FieldProblem> nearlyTaken(List<String> columns, ProfileSchema schema) {
    List<FieldProblem> problems = new ArrayList<>();
    if (columns == null || spec.provides() != Provides.Profiles) {
      return problems;
    }
    for (String attribute : schema.attributes().keySet()) {
      boolean filled =
          columns.contains(attribute)
              || declared.stream().anyMatch(field -> field.to().equals(attribute));
      Optional<String> near =
          columns.stream().filter(column -> plain(column).equals(plain(attribute))).findFirst();
      if (!filled && near.isPresent()) {
        problems.add(
            new FieldProblem(
                "spec.mapping",
                Problem.warning(
                    null,
                    "nothing fills \""
                        + attribute
                        + "\"; did you mean the column \""
                        + near.get()
                        + "\"?",
                    "add {to: " + attribute + ", value: \"record['" + near.get() + "']\"}")));
      }
    }
    return problems;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _.-]", "");
  }

  /**
   * Checks that all required columns exist, and that those taken by name can be what the schema
   * declares.
   */
  public void checkPulled(List<Column> columns, ProfileSchema schema) throws SourceFault {
    if (columns == null) {
      return;
    }
    checkColumns(columns, "source");
    if (spec.provides() != Provides.Profiles) {
      return;
    }
    List<FieldProblem> problems = new ArrayList<>();
    for (Column column : columns) {
      AttributeDefinition attribute = schema.attributes().get(column.name());
      boolean mapped = declared.stream().anyMatch(field -> field.to().equals(column.name()));
      if (attribute != null && !mapped && !ColumnTypes.fit(column.type(), attribute.type())) {
        problems.add(
            problem(
                "spec.mapping",
                "the column \""
                    + column.name()
                    + "\" holds "
                    + column.type()
                    + ", the attribute of that name "
                    + attribute.type(),
                "map it, such as {to: "
                    + column.name()
                    + ", value: string(record."
                    + column.name()
                    + ")}, or declare the attribute as "
                    + column.type()));
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceFault(problems);
    }
  }

  private void checkColumns(List<Column> known, String where) throws SourceFault {
    if (known == null) {
      return;
    }
    List<String> columns = known.stream().map(Column::name).toList();
    List<FieldProblem> problems = new ArrayList<>();
    checkTaken("spec.identity.key", spec.identity().key(), columns, where, problems);
    checkTaken("spec.identity.asOf", spec.identity().asOf(), columns, where, problems);
    for (int i = 0; i < declared.size(); i++) {
      for (String column : MappedColumns.of(declared.get(i).value())) {
        if (!columns.contains(column)) {
          problems.add(
              problem(
                  "spec.mapping[" + i + "].value",
                  "the " + where + " has no column \"" + column + "\"",
                  fix(column, columns)));
        }
      }
    }
    if (mapping != null && problems.isEmpty()) {
      problems.addAll(new MappedTypes(mapping, known).problems(declared));
    }
    if (!problems.isEmpty()) {
      throw new SourceFault(problems);
    }
  }

  /** A field that is mapped, or a column by name. */
  private void checkTaken(
      String field, String name, List<String> columns, String where, List<FieldProblem> problems) {
    if (name != null
        && declared.stream().noneMatch(mapped -> mapped.to().equals(name))
        && !columns.contains(name)) {
      problems.add(
          problem(field, "the " + where + " has no column \"" + name + "\"", fix(name, columns)));
    }
  }

  /**
   * Offers a column that is nearly called so; never lists them: a missing header makes them data.
   */
  private static String fix(String column, List<String> columns) {
    Optional<String> dotted =
        columns.stream().filter(other -> other.startsWith(column + ".")).findFirst();
    if (dotted.isPresent()) {
      return "a column whose name has a dot is read as record['" + dotted.get() + "']";
    }
    return DidYouMean.nearest(column, columns)
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse(
            "name a column of the header; for a file without one set spec.file.csv.header: false");
  }

  private static FieldProblem problem(String field, String message, String fix) {
    return new FieldProblem(field, Problem.error(null, message, fix));
  }
}

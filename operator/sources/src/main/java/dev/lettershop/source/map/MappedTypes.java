package dev.lettershop.source.map;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.rule.mapping.MappedValue;
import dev.lettershop.rule.mapping.Mapping;
import dev.lettershop.source.connect.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds the expressions of a mapping to the types of the columns that they take, by working them
 * out for a made-up record: what no function takes of that type, fails for every record.
 */
final class MappedTypes {
  private final Mapping mapping;
  private final Map<String, AttributeType> types = new HashMap<>();

  MappedTypes(Mapping mapping, List<Column> columns) {
    this.mapping = mapping;
    columns.forEach(column -> types.put(column.name(), column.type()));
  }

  List<FieldProblem> problems(List<FieldMapping> declared) {
    List<FieldProblem> problems = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Set<String> used = MappedColumns.of(declared.get(i).value());
      if (used.stream().allMatch(column -> types.get(column) != null)) {
        check("spec.mapping[" + i + "].value", declared.get(i).to(), used, problems);
      }
    }
    return problems;
  }

  private void check(String field, String to, Set<String> used, List<FieldProblem> problems) {
    Map<String, Object> record = new HashMap<>();
    used.forEach(column -> record.put(column, value(types.get(column))));
    if (mapping.apply(to, record) instanceof MappedValue.Failed failed
        && Mapping.isOfTypes(failed)) {
      problems.add(
          new FieldProblem(field, Problem.error(null, failed.message() + said(used), FIX)));
    }
  }

  private static final String FIX =
      "convert it, such as int(record.visits), double(record.price) or string(record.number)";

  private String said(Set<String> used) {
    return used.stream()
        .map(column -> "\"" + column + "\" holds " + types.get(column))
        .collect(Collectors.joining(", ", ": ", ""));
  }

  private static Object value(AttributeType type) {
    return switch (type) {
      case String -> "1";
      case Boolean -> true;
      case Integer -> 1L;
      case Double -> 1.5;
      case Timestamp -> Instant.EPOCH;
      case StringList -> List.of("1");
    };
  }
}

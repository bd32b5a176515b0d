package dev.lettershop.source.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.rule.mapping.MappingCompiler;
import dev.lettershop.source.connect.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedTypesTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", AttributeType.String),
          new Column("visits", AttributeType.Integer),
          new Column("price", AttributeType.Double),
          new Column("active", AttributeType.Boolean),
          new Column("seen", AttributeType.Timestamp),
          new Column("tags", AttributeType.StringList),
          new Column("more", null));

  private static List<String> found(String cel) {
    List<FieldMapping> declared = List.of(new FieldMapping("city", cel));
    return new MappedTypes(new MappingCompiler().compile(declared).mapping(), COLUMNS)
        .problems(declared).stream()
            .map(problem -> problem.field() + " " + problem.problem().message())
            .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record.name + 1",
        "record.visits.trim()",
        "record.visits + record.name",
        "record.seen.startsWith('2026')",
        "record.active ? record.visits.trim() : 'no'",
        "record.price + 'x'",
        "record.price + 1",
        "record['name'] * 2"
      })
  void whatNoFunctionTakesIsFound(String cel) {
    assertThat(found(cel)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "record.name.trim()",
        "timestamp(record.name)",
        "record.name.split(',')[3]",
        "record.visits + 1",
        "record.price * 2.0",
        "string(record.visits) + record.name",
        "record.seen.getFullYear()",
        "record.tags.join(', ')",
        "record.more + 1",
        "record.more.inner.trim()",
        "has(record.name) ? record.name : 'none'"
      })
  void whatDependsOnValuesOrUnknownTypesIsNot(String cel) {
    assertThat(found(cel)).isEmpty();
  }

  @Test
  void theProblemNamesThePlaceAndTheTypes() {
    assertThat(found("record.name + 1"))
        .singleElement()
        .asString()
        .startsWith("spec.mapping[0].value a value has another type than the function takes, at 1:")
        .endsWith(": \"name\" holds String");
  }
}

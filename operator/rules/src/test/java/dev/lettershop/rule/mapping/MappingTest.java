package dev.lettershop.rule.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {
  private static final String SECRET = "Ada Lovelace";
  private static final Map<String, Object> RECORD =
      Map.of(
          "ADDRESS",
          "Main St 1, New York , US",
          "NAME",
          SECRET,
          "seen",
          "2026-01-02T03:04:05.123456Z",
          "amount",
          "12.50",
          "count",
          5L,
          "tags",
          List.of("a", "b"));

  @Test
  void computes_values_of_every_type() {
    assertThat(value("record.ADDRESS.split(',')[1].trim()")).isEqualTo("New York");
    assertThat(value("double(record.amount)")).isEqualTo(12.5);
    assertThat(value("int(double(record.amount)) + record.count")).isEqualTo(17L);
    assertThat(value("timestamp(record.seen)"))
        .isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    assertThat(value("record.count > 3")).isEqualTo(true);
    assertThat(value("record.tags.map(t, t.upperAscii())")).isEqualTo(List.of("A", "B"));
    assertThat(value("record.tags.join('-').replace('a', 'x').substring(0, 2)")).isEqualTo("x-");
    assertThat(value("has(record.phone) ? record.phone : 'none'")).isEqualTo("none");
  }

  @Test
  void a_field_that_the_record_does_not_have_leaves_the_value_absent() {
    Map<String, Object> withNull = new HashMap<>(RECORD);
    withNull.put("phone", null);

    assertThat(apply("record.phone.trim()", RECORD)).isEqualTo(new MappedValue.Absent());
    assertThat(apply("record.phone", withNull)).isEqualTo(new MappedValue.Absent());
    assertThat(apply("record.count > 9 ? dyn(record.NAME) : dyn(null)", RECORD))
        .isEqualTo(new MappedValue.Absent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp(record.NAME)",
        "int(record.NAME)",
        "double(record.NAME)",
        "record.NAME.split(' ')[9]",
        "record.NAME.substring(0, 99)",
        "record.NAME.charAt(99)",
        "record.NAME + 1",
        "record.count.trim()",
        "record.count / 0",
        "record.count * 9223372036854775807",
        "duration('1h')",
        "record.NAME.matches('(')",
        "record[record.NAME] == 1 || record.NAME.x == 2",
      })
  void a_failure_never_shows_the_data(String cel) {
    MappedValue value = apply(cel, RECORD);

    assertThat(value).isNotInstanceOf(MappedValue.Present.class);
    assertThat(value.toString()).doesNotContain("Ada").doesNotContain("Lovelace");
  }

  @Test
  void a_value_is_not_shown_when_it_is_logged_by_mistake() {
    assertThat(apply("record.NAME", RECORD)).hasToString("Present");
  }

  @Test
  void a_failure_names_the_place() {
    assertThat(apply("record.ADDRESS.split(',')[7]", RECORD))
        .isEqualTo(new MappedValue.Failed("a list or text is shorter than the index, at 1:26"));
  }

  @Test
  void work_and_memory_are_bounded() {
    String nested = "record.tags.map(a, record.tags.map(b, ".repeat(8) + "1" + "))".repeat(8);
    Map<String, Object> record = Map.of("t", "x".repeat(2000), "tags", List.of("1", "2", "3"));

    assertThat(apply(nested, record)).isInstanceOf(MappedValue.Failed.class);
    assertThat(apply("record.t.replace('x', record.t).replace('x', record.t)", record))
        .isInstanceOf(MappedValue.Failed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "record.NAME.splt(',')|1:13|unknown function \"splt\"|did you mean \"split\"?",
        "lowerAsci(record.NAME)|1:1|unknown function \"lowerAsci\"|did you mean \"lowerAscii\"?",
        "recrod.NAME|1:1|unknown name \"recrod\"|did you mean \"record\"?",
        "NAME|1:1|unknown name \"NAME\"|write record.NAME",
        "'a' + 1|1:5|\"+\" cannot be used with string, int|",
        "true ? 'a' : null|1:6|\"?:\" cannot be used with bool, string, null|write dyn(null)",
        "record.NAME = 'x'|1:13|cannot read the expression at \"=\"|write == to compare",
      })
  void problems_name_place_and_fix(String cel, String position, String message, String fix) {
    MappingCompiler.Result result =
        new MappingCompiler().compile(List.of(new FieldMapping("city", cel)));

    assertThat(result.mapping()).isNull();
    assertThat(result.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo("spec.mapping[0].value");
              assertThat(problem.problem().position()).hasToString(position);
              assertThat(problem.problem().message()).isEqualTo(message);
              assertThat(problem.problem().fix()).isEqualTo(fix);
            });
  }

  @Test
  void all_fields_are_compiled_and_a_second_mapping_of_a_field_is_refused() {
    MappingCompiler.Result result =
        new MappingCompiler()
            .compile(
                List.of(
                    new FieldMapping("city", "record.x"),
                    new FieldMapping("city", "record.y"),
                    new FieldMapping("country", "rec.z")));

    assertThat(result.problems())
        .extracting(p -> p.field() + ": " + p.problem().message())
        .containsExactly(
            "spec.mapping[1].to: \"city\" is mapped twice",
            "spec.mapping[2].value: unknown name \"rec\"");
  }

  @Test
  void asking_for_a_field_that_is_not_mapped_is_a_mistake_of_the_program() {
    Mapping mapping = mapping("record.NAME");

    assertThat(mapping.targets()).containsExactly("to");
    assertThatThrownBy(() -> mapping.apply("other", RECORD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Object value(String cel) {
    MappedValue value = apply(cel, RECORD);
    assertThat(value).isInstanceOf(MappedValue.Present.class);
    return ((MappedValue.Present) value).value();
  }

  private static MappedValue apply(String cel, Map<String, Object> record) {
    return mapping(cel).apply("to", record);
  }

  private static Mapping mapping(String cel) {
    MappingCompiler.Result result =
        new MappingCompiler().compile(List.of(new FieldMapping("to", cel)));
    assertThat(result.problems()).isEmpty();
    return result.mapping();
  }
}

package dev.lettershop.source.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TypeConversionTest {
  private static final FieldCleaning PLAIN = new Cleaning(Normalise.DEFAULT).of("any");

  private final TypeConversion conversion = new TypeConversion();

  static Stream<Arguments> convertible() {
    return Stream.of(
        arguments(AttributeType.String, " Ada ", "Ada"),
        arguments(AttributeType.String, "\u00a0\u2007Ada\u202f\u200b\ufeff", "Ada"),
        arguments(AttributeType.String, "Zoe\u0308", "Zo\u00eb"),
        arguments(AttributeType.String, 12345678901234567890.0, "12345678901234567168"),
        arguments(AttributeType.Integer, "\u202f42\u00a0", 42L),
        arguments(AttributeType.Double, "\u20071.5", 1.5),
        arguments(AttributeType.Boolean, "yes\u00a0", true),
        arguments(
            AttributeType.Timestamp, "2\u00a0Jan\u00a01970", Instant.parse("1970-01-02T00:00:00Z")),
        arguments(AttributeType.String, 17L, "17"),
        arguments(AttributeType.String, 17.0, "17"),
        arguments(AttributeType.String, 17.5, "17.5"),
        arguments(AttributeType.String, true, "true"),
        arguments(AttributeType.String, "😀", "😀"),
        arguments(AttributeType.Boolean, "Yes", true),
        arguments(AttributeType.Boolean, "TRUE", true),
        arguments(AttributeType.Boolean, "1", true),
        arguments(AttributeType.Boolean, "n", false),
        arguments(AttributeType.Boolean, "0", false),
        arguments(AttributeType.Boolean, false, false),
        arguments(AttributeType.Integer, "42", 42L),
        arguments(AttributeType.Integer, "-42", -42L),
        arguments(AttributeType.Integer, "+42", 42L),
        arguments(AttributeType.Integer, "42.00", 42L),
        arguments(AttributeType.Integer, 42.0, 42L),
        arguments(AttributeType.Integer, 42L, 42L),
        arguments(AttributeType.Double, "1234.56", 1234.56),
        arguments(AttributeType.Double, "-0.5", -0.5),
        arguments(AttributeType.Double, "1e3", 1000.0),
        arguments(AttributeType.Double, ".5", 0.5),
        arguments(AttributeType.Double, 3L, 3.0),
        arguments(AttributeType.Timestamp, "1970-01-02", Instant.parse("1970-01-02T00:00:00Z")),
        arguments(AttributeType.Timestamp, 86_400L, Instant.parse("1970-01-02T00:00:00Z")),
        arguments(AttributeType.Timestamp, Instant.EPOCH, Instant.EPOCH),
        arguments(AttributeType.StringList, "a; b ;;c", List.of("a", "b", "c")),
        arguments(AttributeType.StringList, "a|b,c", List.of("a", "b,c")),
        arguments(AttributeType.StringList, "a, b", List.of("a", "b")),
        arguments(AttributeType.StringList, "\"vip\",\"local\"", List.of("vip", "local")),
        arguments(AttributeType.StringList, "\"vip\"", List.of("vip")),
        arguments(
            AttributeType.StringList, "\"a;b\", \"say \"\"hi\"\"\"", List.of("a;b", "say \"hi\"")),
        arguments(AttributeType.StringList, "\"a;b\";\"c,d\"", List.of("a;b", "c,d")),
        arguments(AttributeType.StringList, "5\" nail, b", List.of("5\" nail", "b")),
        arguments(AttributeType.StringList, "\"Ada\" L., b", List.of("\"Ada\" L.", "b")),
        arguments(
            AttributeType.StringList, "{a,\"b, c\",\"d\\\"e\"}", List.of("a", "b, c", "d\"e")),
        arguments(AttributeType.StringList, "['a', 'b, c']", List.of("a", "b, c")),
        arguments(AttributeType.StringList, "[a; b]", List.of("a", "b")),
        arguments(
            AttributeType.StringList, "* work ::: Friends, old", List.of("* work", "Friends, old")),
        arguments(AttributeType.StringList, "a\nb\n", List.of("a", "b")),
        arguments(AttributeType.StringList, "O'Neil, D'Arcy", List.of("O'Neil", "D'Arcy")),
        arguments(AttributeType.StringList, "[\"a;b\", 2, null]", List.of("a;b", "2")),
        arguments(AttributeType.StringList, List.of("a", 2L, true), List.of("a", "2", "true")));
  }

  @ParameterizedTest
  @MethodSource("convertible")
  void converts_plain_values(AttributeType type, Object value, Object expected) {
    assertThat(conversion.convert(type, value, PLAIN)).isEqualTo(Converted.of(expected));
  }

  static Stream<Arguments> inconvertible() {
    return Stream.of(
        arguments(AttributeType.String, Map.of("a", "b")),
        arguments(AttributeType.String, List.of("a")),
        arguments(AttributeType.String, "a\0b"),
        arguments(AttributeType.String, "a\ud800b"),
        arguments(AttributeType.Boolean, "maybe"),
        arguments(AttributeType.Boolean, 1L),
        arguments(AttributeType.Integer, "42.5"),
        arguments(AttributeType.Integer, "four"),
        arguments(AttributeType.Integer, "-"),
        arguments(AttributeType.Integer, "99999999999999999999"),
        arguments(AttributeType.Integer, 1e300),
        arguments(AttributeType.Integer, "٤٢"),
        arguments(AttributeType.Double, "1.234,56"),
        arguments(AttributeType.Double, "1,5"),
        arguments(AttributeType.Double, "12 €"),
        arguments(AttributeType.Double, "$12"),
        arguments(AttributeType.Double, "NaN"),
        arguments(AttributeType.Double, "Infinity"),
        arguments(AttributeType.Double, "1e999"),
        arguments(AttributeType.Double, "0x10"),
        arguments(AttributeType.Double, "1d"),
        arguments(AttributeType.Double, "-."),
        arguments(AttributeType.Timestamp, true),
        arguments(AttributeType.Timestamp, 1.5),
        arguments(AttributeType.StringList, "[\"a\""),
        arguments(AttributeType.StringList, "[{\"a\": 1}]"),
        arguments(AttributeType.StringList, 17L));
  }

  @ParameterizedTest
  @MethodSource("inconvertible")
  void refuses_what_it_would_have_to_guess_and_does_not_repeat_it(
      AttributeType type, Object value) {
    assertThat(conversion.convert(type, value, PLAIN))
        .isInstanceOfSatisfying(
            Converted.Invalid.class,
            invalid -> assertThat(invalid.reason()).isNotBlank().doesNotContain(value.toString()));
  }

  @ParameterizedTest
  @EnumSource(AttributeType.class)
  void takes_empty_text_and_nothing_as_absent(AttributeType type) {
    assertThat(conversion.convert(type, "", PLAIN)).isEqualTo(Converted.ABSENT);
    assertThat(conversion.convert(type, " \t ", PLAIN)).isEqualTo(Converted.ABSENT);
    assertThat(conversion.convert(type, null, PLAIN)).isEqualTo(Converted.ABSENT);
  }
}

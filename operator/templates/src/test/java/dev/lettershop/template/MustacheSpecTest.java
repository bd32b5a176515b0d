package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.mustache.MustacheLanguage;
import dev.lettershop.template.mustache.MustacheScanner;
import dev.lettershop.template.mustache.MustacheSource;
import dev.lettershop.template.value.BoundedWriter;
import dev.lettershop.template.value.LocalFormats;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests of the Mustache specification, as they come with mustache.java. */
class MustacheSpecTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Parts of the specification that mails have in full. */
  private static final List<String> HELD =
      List.of("comments", "interpolation", "inverted", "sections");

  /**
   * What mails do not have, and why: of each part every template is refused.
   *
   * <ul>
   *   <li>delimiters: a tag must look like a tag to everything that reads a template
   *   <li>partials: the compiler puts them in place, so that no plan can name a file; {@link
   *       PartialsTest} holds what they mean
   *   <li>dynamic names, inheritance: a template must say what it includes
   *   <li>lambdas: a recipient's data must not run; no template shows one, a function in the data
   *       is as good as absent ({@link TemplateRendererTest})
   * </ul>
   */
  private static final List<String> REFUSED =
      List.of("delimiters", "partials", "~dynamic-names", "~inheritance");

  /** The outermost data of a mail is never a bare value: it has a profile, links and so on. */
  private static boolean hasBareData(Case test) {
    return !test.data().isObject();
  }

  /**
   * mustache.java (whose own run of these tests ignores white space) keeps or drops line breaks
   * around tags in other places than the specification says. HTML does not show the difference, and
   * the text part is made regular afterwards.
   */
  private static final List<String> OTHER_WHITE_SPACE =
      List.of(
          "inverted: Internal Whitespace",
          "inverted: Standalone Without Previous Line",
          "inverted: Standalone Without Newline",
          "sections: Internal Whitespace",
          "sections: Standalone Without Previous Line",
          "sections: Standalone Without Newline");

  record Case(String part, String name, String template, JsonNode data, String expected) {
    @Override
    public String toString() {
      return part + ": " + name;
    }
  }

  static Stream<Case> held() {
    return HELD.stream().flatMap(MustacheSpecTest::cases).filter(test -> !hasBareData(test));
  }

  static Stream<Case> refused() {
    return REFUSED.stream().flatMap(MustacheSpecTest::cases).filter(MustacheSpecTest::usesThePart);
  }

  /** Some tests of a part show what it is not. */
  private static boolean usesThePart(Case test) {
    return switch (test.part()) {
      case "delimiters" -> test.template().contains("{{=");
      case "partials", "~dynamic-names" ->
          test.template().contains("{{>") || test.template().contains("{{ >");
      default -> test.template().contains("{{<") || test.template().contains("{{$");
    };
  }

  private static Stream<Case> cases(String part) {
    String file = "/spec/specs/" + part + ".json";
    try (InputStream in = MustacheSpecTest.class.getResourceAsStream(file)) {
      List<Case> cases = new ArrayList<>();
      for (JsonNode test : JSON.readTree(in).get("tests")) {
        cases.add(
            new Case(
                part,
                test.get("name").asText(),
                test.get("template").asText(),
                test.get("data"),
                test.get("expected").asText()));
      }
      return cases.stream();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + file, e);
    }
  }

  @ParameterizedTest
  @MethodSource("held")
  void isAsTheSpecificationSays(Case test) {
    if (OTHER_WHITE_SPACE.contains(test.toString())) {
      assertThat(render(test)).isNotEqualTo(test.expected());
      assertThat(render(test)).isEqualToIgnoringWhitespace(test.expected());
    } else {
      assertThat(render(test)).isEqualTo(test.expected());
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefused(Case test) {
    assertThatThrownBy(() -> new MustacheLanguage().load(test.template(), true, "HTML", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSpecificationIsThere() {
    assertThat(held()).hasSizeGreaterThan(90);
    assertThat(refused()).hasSizeGreaterThan(50);
  }

  private static String render(Case test) {
    BoundedWriter out = new BoundedWriter(64, 10_000, 1_000);
    Scan scan = MustacheScanner.scan(test.template());
    assertThat(scan.problems()).isEmpty();
    new MustacheLanguage()
        .load(MustacheSource.of(scan.tokens(), true), true, "HTML", Map.of())
        .render(data(test), new LocalFormats(Locale.ENGLISH, ZoneOffset.UTC, Instant.EPOCH), out);
    return out.toString();
  }

  private static Map<String, Object> data(Case test) {
    return JSON.convertValue(test.data(), new TypeReference<HashMap<String, Object>>() {});
  }
}

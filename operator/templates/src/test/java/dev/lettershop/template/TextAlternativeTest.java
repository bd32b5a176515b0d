package dev.lettershop.template;

import static dev.lettershop.template.Templates.findings;
import static dev.lettershop.template.Templates.html;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files: {@code NAME.html} has its text template in {@code NAME.template.txt} and what one
 * profile gets in {@code NAME.txt}.
 */
class TextAlternativeTest {
  private static final Path FOLDER = Path.of("src/test/resources/templates/text");

  private static final Map<String, Object> PROFILE =
      Map.of(
          "id",
          "p1",
          "email",
          "ada@mail.example",
          "first_name",
          "Ada <& co>",
          "city",
          "New York",
          "is_vip",
          true,
          "orders",
          3L,
          "lifetime_value",
          5000.5,
          "interests",
          List.of("shoes", "hats"));

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(file -> file.substring(0, file.indexOf('.')))
          .distinct()
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void keepsMailReadableAsText(String name) throws IOException {
    // when
    CompiledTemplate template = compile(Files.readString(FOLDER.resolve(name + ".html")));
    RenderedMail mail = Templates.render(template, PROFILE, Map.of("headline", "Spring & co"));

    // then
    assertThat(template.text() + "\n")
        .isEqualTo(Files.readString(FOLDER.resolve(name + ".template.txt")));
    assertThat(mail.text()).isEqualTo(Files.readString(FOLDER.resolve(name + ".txt")));
  }

  private static CompiledTemplate compile(String source) {
    TemplateResult result = html(source).slot("headline", null).slot("cta", "Shop now").compile();
    assertThat(result.template()).as(findings(result).toString()).isNotNull();
    return result.template();
  }

  @Test
  void aSectionAroundHalfAnElementIsAFinding() {
    // when
    TemplateResult result =
        Templates.body("<ul>{{#profile.is_vip}}<li title='{{/profile.is_vip}}'>x</li></ul>")
            .compile();

    // then
    assertThat(findings(result))
        .contains(
            "error spec.html 1:35: what stands before this tag begins in one place of the HTML and"
                + " ends in another; put the section around whole elements, whole attributes or a"
                + " part of one value");
  }

  @Test
  void aSectionInsideOneTagDisappearsFromTheTextAsAWhole() {
    assertThat(
            compile(
                    "<p {{#profile.is_vip}}class=\"vip\"{{/profile.is_vip}}>x "
                        + "<a href=\"https://shop.example/{{#profile.is_vip}}vip{{/profile.is_vip}}\">"
                        + "y</a></p>"
                        + Templates.UNSUBSCRIBE)
                .text()
                .lines()
                .collect(Collectors.toList()))
        .containsExactly(
            "x y (https://shop.example/{{#profile.is_vip}}vip{{/profile.is_vip}})",
            "",
            "Unsubscribe ({{links.unsubscribe}})");
  }

  @Test
  void charactersThatStandForTagsInsideAreNotTakenFromTheAuthor() {
    assertThat(
            compile("<p>a<!--\uE0000\uE001-->b</p>{{profile.id}}" + Templates.UNSUBSCRIBE).text())
        .startsWith("ab\n\n{{profile.id}}Unsubscribe");
  }
}

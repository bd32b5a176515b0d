package dev.lettershop.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page about templates shows is what happens. */
class TemplateDocsTest {
  private static final Path PAGE = Path.of("../../docs/templates.md");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern FINDING = Pattern.compile("(?m)^\\| `(.*)` \\| (.*) \\|$");

  @Test
  void itsExamplesCompileWithoutFindings() throws IOException {
    // given
    Map<String, EmailTemplateSpec> templates = templates();

    // then
    assertThat(templates).containsOnlyKeys("spring-sale", "footer");
    templates.forEach(
        (name, spec) -> {
          TemplateResult result =
              new TemplateCompiler().compile(name, spec, templates, Templates.schema());
          assertThat(Templates.findings(result)).as(name).isEmpty();
        });
  }

  @Test
  void itsExampleRendersAsThePageSays() throws IOException {
    // when
    TemplateResult result =
        new TemplateCompiler()
            .compile(
                "spring-sale", templates().get("spring-sale"), templates(), Templates.schema());
    RenderedMail mail =
        Templates.render(result.template(), Map.of("interests", List.of("hats & caps")), Map.of());

    // then
    assertThat(mail.subject()).isEqualTo("there, News for you");
    assertThat(mail.html()).contains("search?q=hats%20%26%20caps\">New in hats &amp; caps</a>");
    assertThat(mail.text())
        .isEqualTo(
            """
            News for you

            Hello there,

            doors open on Monday.

            - New in hats & caps (https://shop.example/search?q=hats%20%26%20caps)

            ----------

            Acme Shop, 1 Main Street Unsubscribe (https://mail.example/u?a=1&b=2)
            """);
  }

  @ParameterizedTest
  @MethodSource("findings")
  void itsFindingsAreFound(String html, String finding) throws IOException {
    // given
    String place = finding.startsWith("the unsubscribe link") ? "" : " 1:\\d+";
    Templates template = Templates.html(html).slot("headline", "News").partial("footer", "footer");

    // when
    List<String> found = Templates.findings(template.compile(templates()));

    // then
    assertThat(found)
        .anyMatch(
            line ->
                line.matches("(error|warning) spec.html" + place + ": " + Pattern.quote(finding)));
  }

  static Stream<Arguments> findings() throws IOException {
    String page = Files.readString(PAGE);
    String checked = page.substring(page.indexOf("## What is checked"));
    List<MatchResult> rows = FINDING.matcher(checked).results().toList();
    assertThat(rows).hasSizeGreaterThan(10);
    return rows.stream().map(row -> Arguments.of(row.group(1), row.group(2)));
  }

  private static Map<String, EmailTemplateSpec> templates() throws IOException {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    Map<String, EmailTemplateSpec> templates = new LinkedHashMap<>();
    for (MatchResult block : YAML.matcher(Files.readString(PAGE)).results().toList()) {
      JsonNode resource = yaml.readTree(block.group(1));
      templates.put(
          resource.at("/metadata/name").asText(),
          yaml.treeToValue(resource.get("spec"), EmailTemplateSpec.class));
    }
    return templates;
  }
}

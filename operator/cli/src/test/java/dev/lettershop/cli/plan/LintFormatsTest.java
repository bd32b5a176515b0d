package dev.lettershop.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.ShopCommand;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What machines are given of findings. */
class LintFormatsTest {
  private static final String SHOP =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: db, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: city, type: String}]
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: new-york}
      spec:
        expression: |
          profile.city == "New York"
          && profile.ctiy != "100%, <b>"
      """;

  @TempDir Path folder;

  private ShopCommand.Result lint(String content, String format) throws Exception {
    Path file = Files.writeString(folder.resolve("the shop.yaml"), content);
    return ShopCommand.withoutResources("lint", "-f", file.toString(), "-o", format);
  }

  @Test
  void textNamesTheVeryPlace() throws Exception {
    ShopCommand.Result found = lint(SHOP, "text");

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out())
        .contains("the shop.yaml:14:")
        .contains("error Segment/new-york spec.expression")
        .doesNotContain("(line ");
  }

  @Test
  void sarifIsOneRunWithRelativeAddresses() throws Exception {
    ShopCommand.Result found = lint(SHOP, "sarif");

    JsonNode run = found.json().at("/runs/0");
    assertThat(found.json().path("version").asText()).isEqualTo("2.1.0");
    assertThat(run.at("/tool/driver/name").asText()).isEqualTo("lettershop");
    assertThat(run.path("results")).hasSize(1);
    JsonNode result = run.at("/results/0");
    assertThat(result.path("level").asText()).isEqualTo("error");
    assertThat(run.at("/tool/driver/rules").findValuesAsText("id"))
        .contains(result.path("ruleId").asText());
    assertThat(result.at("/message/text").asText()).contains("Segment/new-york", "ctiy", "fix:");
    JsonNode place = result.at("/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asText()).endsWith("/the%20shop.yaml");
    assertThat(place.at("/region/startLine").asInt()).isEqualTo(14);
    assertThat(found.exitCode()).isEqualTo(1);
  }

  @Test
  void githubIsGivenOneLineForEachFinding() throws Exception {
    String found = lint(SHOP, "github").out();

    assertThat(found.lines()).hasSize(1);
    assertThat(found)
        .startsWith("::error file=")
        .contains("the shop.yaml,line=14,col=")
        .contains(",title=Segment/new-york spec.expression::")
        .contains("%0Afix: ");
    assertThat(lint(SHOP.replace("ctiy", "city"), "github").out()).isEmpty();
  }

  @Test
  void junitHasATestForEachResource() throws Exception {
    Document xml = xml(lint(SHOP, "junit").out());

    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    Element failed = (Element) xml.getElementsByTagName("failure").item(0).getParentNode();
    assertThat(failed.getAttribute("name")).isEqualTo("new-york");
    assertThat(failed.getTextContent()).contains("the shop.yaml:14:", "ctiy");
    Document sound = xml(lint(SHOP.replace("ctiy", "city"), "junit").out());
    assertThat(sound.getElementsByTagName("testcase").getLength()).isEqualTo(2);
    assertThat(sound.getElementsByTagName("failure").getLength()).isZero();
  }

  @Test
  void aFileThatCannotBeReadIsAFindingInEachFormat() throws Exception {
    assertThat(lint("a: b: c", "text").out()).contains("the shop.yaml:1:5: error");
    assertThat(lint("a: b: c", "github").out()).contains("the shop.yaml,line=1,col=5");
    assertThat(lint("a: b: c", "sarif").json().findPath("startLine").asInt()).isEqualTo(1);
    assertThat(xml(lint("a: b: c", "junit").out()).getElementsByTagName("failure").getLength())
        .isEqualTo(1);
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text.strip())));
  }
}

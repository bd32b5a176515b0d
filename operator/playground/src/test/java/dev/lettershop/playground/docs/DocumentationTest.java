package dev.lettershop.playground.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lettershop.playground.chart.Chart;
import dev.lettershop.playground.chart.StrictObjects;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class DocumentationTest {
  /** What is neither typed nor applied, and the pages that show it. */
  private static final Map<String, Set<String>> SHOWN =
      Map.of(
          // What pages of a shop hold, which the clients' tests of the collector run.
          "js", Set.of("docs/events.md"),
          // What roles may be told by hand.
          "sql", Set.of("docs/events.md"),
          // A drawing, and what programs print.
          "mermaid", Set.of("README.md", "docs/architecture.md"),
          "", Set.of("README.md", "docs/concepts.md"),
          // Every rule of that page is compiled, and asked of both engines, by the tests of rules.
          "cel", Set.of("docs/rules.md"));

  /** Their HTML is no mail: forms and scripts. */
  private static final Set<String> PAGES_OF_A_SHOP =
      Set.of("docs/events.md", "docs/unsubscribing.md");

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

  private static CrdFields crds;

  @BeforeAll
  static void readCrds() throws IOException {
    crds = new CrdFields();
  }

  static List<Snippet> commands() throws IOException {
    return Snippet.all().stream().filter(snippet -> snippet.language().equals("sh")).toList();
  }

  static List<Snippet> yaml() throws IOException {
    return Snippet.all().stream().filter(snippet -> snippet.language().equals("yaml")).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsOneThatThereIs(Snippet snippet) throws IOException {
    for (List<String> words : ShellCommands.of(snippet.text())) {
      try {
        KnownCommands.check(words);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(snippet + ": " + String.join(" ", words), e);
      }
    }
    for (String input : ShellCommands.inputs(snippet.text())) {
      documents(new Snippet(snippet.file(), snippet.number(), "yaml", input));
    }
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void everyYamlIsOneThatIsTaken(Snippet snippet) throws IOException {
    String[] info = snippet.info().split(" ", 2);
    if (info.length == 1) {
      documents(snippet);
    } else if (info[1].equals("values")) {
      assertThat(Chart.render(snippet.text()).all("Deployment")).hasSize(1);
    } else {
      JsonNode part = Repository.documents(snippet.text()).get(0);
      assertThat(crds.isOurs(info[1])).as(info[1]).isTrue();
      assertThat(crds.problems(info[1], part.get("spec"))).as(snippet.toString()).isEmpty();
    }
  }

  @Test
  void everyJsonCanBeRead() throws IOException {
    for (Snippet snippet : Snippet.all()) {
      if (snippet.language().equals("json")) {
        assertThat(new ObjectMapper().readTree(snippet.text())).as(snippet.toString()).isNotNull();
      }
    }
  }

  @Test
  void everyMjmlIsWellFormed() throws Exception {
    for (Snippet snippet : Snippet.all()) {
      if (snippet.language().equals("html") && !PAGES_OF_A_SHOP.contains(snippet.file())) {
        InputSource text = new InputSource(new StringReader(snippet.text()));
        Document mjml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(text);
        assertThat(mjml.getDocumentElement().getTagName()).as(snippet.toString()).isEqualTo("mjml");
      }
    }
  }

  @Test
  void noOtherLanguageIsShownThanIsLookedAtSomewhere() throws IOException {
    for (Snippet snippet : Snippet.all()) {
      if (!Set.of("sh", "yaml", "json", "html").contains(snippet.language())) {
        assertThat(SHOWN.getOrDefault(snippet.language(), Set.of()))
            .as(snippet.toString())
            .contains(snippet.file());
      }
    }
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (Path file : Snippet.pages()) {
      String page = Repository.ROOT.relativize(file).toString();
      Matcher link = LINK.matcher(Files.readString(file));
      while (link.find()) {
        assertThat(file.resolveSibling(link.group(1)).normalize()).as(page).exists();
      }
    }
  }

  @Test
  void everyAlertIsDescribedAndNoOther() throws IOException {
    Set<String> made = new TreeSet<>();
    Chart.render("alerts: {enabled: true}")
        .all("PrometheusRule")
        .get(0)
        .findValuesAsText("alert")
        .forEach(made::add);
    Set<String> described = new TreeSet<>();
    Matcher name =
        Pattern.compile("(?m)^\\| `(Lettershop\\w+)` \\|")
            .matcher(Files.readString(Repository.ROOT.resolve("docs/metrics.md")));
    while (name.find()) {
      described.add(name.group(1));
    }

    assertThat(described).isEqualTo(made);
  }

  @Test
  void everyPageIsInTheReadmeOrOnAPageThatIs() throws IOException {
    String readme = Files.readString(Repository.ROOT.resolve("README.md"));
    StringBuilder all = new StringBuilder(readme);
    try (Stream<Path> pages = Files.list(Repository.ROOT.resolve("docs"))) {
      List<Path> files = pages.filter(page -> page.toString().endsWith(".md")).toList();
      for (Path page : files) {
        all.append(Files.readString(page));
      }
      assertThat(files)
          .allSatisfy(page -> assertThat(all.toString()).contains(page.getFileName() + ")"));
    }
  }

  private static void documents(Snippet snippet) throws IOException {
    for (JsonNode document : Repository.documents(snippet.text())) {
      String kind = document.path("kind").asText();
      if (crds.isOurs(kind)) {
        assertThat(crds.problems(kind, document.path("spec"))).as(snippet.toString()).isEmpty();
      } else {
        assertThat(StrictObjects.problem(document)).as(snippet + ": " + document).isEmpty();
      }
    }
  }
}

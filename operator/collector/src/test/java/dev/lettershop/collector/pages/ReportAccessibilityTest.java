package dev.lettershop.collector.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.insight.report.Outcomes;
import dev.lettershop.insight.report.ReportBuilder;
import dev.lettershop.insight.report.RunFacts;
import dev.lettershop.insight.report.Terms;
import dev.lettershop.insight.report.Trial;
import dev.lettershop.worker.report.Miniature;
import dev.lettershop.worker.report.ReportPage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of runs by axe-core: on a phone and on a desk, light, dark and as they are printed. */
@Tag("browser")
class ReportAccessibilityTest {
  private static final String POLICY = "http-equiv=\"Content-Security-Policy\"";
  private static final Instant START = Instant.parse("2026-11-30T09:00:00Z");

  @TempDir Path folder;

  private static Outcomes outcomes(long people) {
    return new Outcomes(
        people,
        people * 9 / 10,
        people * 8 / 10,
        people / 20,
        people * 8 / 10 - people / 20,
        people / 4,
        people / 10,
        people / 8,
        people / 20,
        people / 100,
        people / 500);
  }

  /** With everything that a report can show. */
  private static String page() {
    RunFacts.Subject subject =
        new RunFacts.Subject(
            "shop",
            "autumn-sale",
            "autumn-sale-29400",
            "sha256:0a1b",
            false,
            false,
            START,
            null,
            START);
    RunFacts facts =
        new RunFacts(
            subject,
            new Trial.Goal("order_completed", 604_800),
            outcomes(20_000),
            Map.of("sent", 16_000L, "failed", 100L, "skipped", 2_000L),
            Map.of("noConsent", 1_500L, "holdout", 500L),
            Map.of("Hard", 900L, "Complaint", 40L),
            List.of(
                new RunFacts.Group("a", outcomes(9_000)), new RunFacts.Group("b", outcomes(9_000))),
            List.of(
                new RunFacts.Group("large.example", outcomes(19_000)),
                new RunFacts.Group("mid.example", outcomes(990)),
                new RunFacts.Group("x.example", outcomes(10))),
            List.of(
                new RunFacts.Group("de", outcomes(12_000)),
                new RunFacts.Group("", outcomes(8_000))),
            List.of(
                new RunFacts.Group("high-value", outcomes(700)),
                new RunFacts.Group("few", outcomes(10))),
            List.of("lapsed"),
            List.of(new RunFacts.Hour(0, 500, 900), new RunFacts.Hour(3, 40, 80)),
            List.of(
                new RunFacts.Link(
                    0,
                    "sale",
                    List.of("https://shop.example/sale?customer=", "&of=mail"),
                    900,
                    90,
                    3_000),
                new RunFacts.Link(1, "sale", List.of("https://shop.example/new"), 0, 0, 0)),
            List.of(
                new RunFacts.Traffic("Click", "Human", "NoMachine", 1, 1, 1_200, 900),
                new RunFacts.Traffic("Click", "Scanner", "Burst", 1, 2, 2_000, 400)),
            List.of(new RunFacts.Earlier("autumn-sale-29300", START, outcomes(18_000))));
    Trial trial =
        new Trial(
            List.of(
                new Trial.Answers("a", false, true, 8_000, 7_200, 900, 90, 4_000),
                new Trial.Answers("b", false, true, 8_000, 7_100, 1_100, 120, 5_000),
                new Trial.Answers("", true, true, 1_000, 0, 0, 5, 200)),
            new Trial.Goal("order_completed", 604_800),
            List.of(new Trial.Credited("Click", 60, 70, 3_100.5)),
            new Trial.Decision("Click", START.plusSeconds(18_000), "Winner", "Beats", "b", 4, 20));
    Terms terms =
        new Terms(
            true,
            true,
            "sale",
            List.of(new Terms.Variant("a", 50, "sale"), new Terms.Variant("b", 50, "sale")),
            trial,
            facts);
    return ReportPage.of(
        new ReportBuilder(facts, terms).build(START),
        List.of(
            new Miniature(
                "sale", "<html><body><p>Hello</p><a>Sale <b>5.6%</b></a></body></html>")));
  }

  @Test
  void aReportCanBeReadByEverybody() throws Exception {
    String html = page();
    assertThat(html)
        .contains(POLICY, "Variant b won by click after 5 h", "2 others", "&lt; 10")
        .doesNotContain("<script", "NOT_FOUND");
    PageLook.assumeBrowser();
    List<Map<String, Object>> all = new ArrayList<>();
    // The policy would keep out what looks at the page as well; and a frame with sandbox is a
    // process
    // of its own, for which the browser's virtual time does not wait.
    String open =
        html.replaceFirst("<meta " + POLICY + "[^>]*>", "")
            .replace("<iframe sandbox=\"\"", "<iframe");
    String dark = open.replace("(prefers-color-scheme: dark)", "all");
    String printed = open.replace("@media print", "@media all");
    for (int width : new int[] {390, 1280}) {
      all.add(look("light " + width, open, width));
      all.add(look("dark " + width, dark, width));
    }
    all.add(look("printed", printed, 794));

    JsonNode result = new PageLook(folder).look(all);

    assertThat(result.path("found")).map(JsonNode::asText).isEmpty();
    assertThat(result.path("pages").asInt()).isEqualTo(5);
    assertThat(result.path("looked").asInt()).as("rules that passed").isGreaterThan(100);
    assertThat(result.path("backgrounds"))
        .map(JsonNode::asText)
        .contains("rgb(20, 23, 26)")
        .hasSize(3);
  }

  private static Map<String, Object> look(String name, String html, int width) {
    return Map.of("name", name, "html", html, "styled", true, "axe", true, "width", width);
  }
}

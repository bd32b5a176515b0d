package dev.lettershop.playground.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.controller.event.EventReason;
import dev.lettershop.controller.status.Obstacles;
import dev.lettershop.job.ExitCode;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a status or an Event says in one word can be looked up. */
class ReasonsTest {
  private static final Path CONTROLLER =
      Repository.ROOT.resolve("operator/controller/src/main/java/dev/lettershop/controller");

  /** Where conditions are made; the other packages make objects, whose words are Kubernetes'. */
  private static final List<String> PACKAGES =
      List.of(
          "status",
          "reconcile",
          "campaign",
          "campaignrun",
          "collector",
          "source",
          "segment",
          "template",
          "store",
          "transport");

  /** Words in the code of these packages that it compares with and never writes as a reason. */
  private static final Set<String> WORDS_OF_KUBERNETES =
      Set.of("True", "False", "Complete", "Completed", "Error", "PodScheduled", "Running");

  private static final Pattern LITERAL = Pattern.compile("\"([A-Z][a-z]+[A-Za-z]*)\"");

  @Test
  void everyReasonIsExplained() throws IOException {
    String page = page("docs/operator.md");

    assertThat(reasons()).hasSizeGreaterThan(50).allMatch(reason -> isIn(page, reason));
  }

  @Test
  void whateverIsInTheWayHasAFix() throws IOException {
    Set<String> troubles = new TreeSet<>(Obstacles.REASONS);
    for (EventReason reason : EventReason.values()) {
      if (reason.type().equals("Warning")) {
        troubles.add(reason.name());
      }
    }
    Matcher failed = Pattern.compile("\\| False \\| (.*?) \\|").matcher(page("docs/operator.md"));
    while (failed.find()) {
      Matcher reason = Pattern.compile("`(\\w+)`").matcher(failed.group(1));
      while (reason.find()) {
        troubles.add(reason.group(1));
      }
    }

    String page = page("docs/troubleshooting.md");
    assertThat(troubles).hasSizeGreaterThan(25).allMatch(reason -> isIn(page, reason));
  }

  @Test
  void everyExitCodeIsExplainedAndHasAFix() throws Exception {
    for (Field code : ExitCode.class.getFields()) {
      String row = "| " + code.getInt(null) + " |";
      assertThat(page("docs/cli.md")).as(code.getName()).contains(row);
      assertThat(page("docs/troubleshooting.md")).as(code.getName()).contains(row);
    }
  }

  /** Every reason that is in the code: kinds of resources stand there too, and are left out. */
  private static Set<String> reasons() throws IOException {
    Set<String> reasons = new TreeSet<>(Obstacles.REASONS);
    Stream.of(EventReason.values()).map(Enum::name).forEach(reasons::add);
    for (String part : PACKAGES) {
      for (Path file : sources(CONTROLLER.resolve(part))) {
        Matcher literal = LITERAL.matcher(Files.readString(file));
        while (literal.find()) {
          reasons.add(literal.group(1));
        }
      }
    }
    reasons.removeAll(WORDS_OF_KUBERNETES);
    reasons.removeAll(kinds());
    return reasons;
  }

  private static Set<String> kinds() throws IOException {
    Set<String> kinds = new TreeSet<>(Set.of("CronJob", "ConfigMap", "Job"));
    for (Path crd : Repository.crds()) {
      kinds.add(Repository.documents(crd).get(0).at("/spec/names/kind").asText());
    }
    return kinds;
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(files.filter(file -> file.toString().endsWith(".java")).toList());
    }
  }

  private static boolean isIn(String page, String reason) {
    return page.contains("`" + reason + "`");
  }

  private static String page(String path) throws IOException {
    return Files.readString(Repository.ROOT.resolve(path));
  }
}

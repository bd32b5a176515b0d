package dev.lettershop.playground.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.TemplateCommand;
import dev.lettershop.playground.Main;
import dev.lettershop.playground.chart.Chart;
import dev.lettershop.playground.command.KubectlPlugin;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Holds a command to the program that it calls: by running it where that does no harm. */
final class KnownCommands {
  /** Commands of ours that need nothing but the sources. */
  private static final Set<String> RUN = Set.of("lint", "plan");

  private static final Set<String> SHELL =
      Set.of("source", "export", "git", "cd", "psql", "tar", "sha256sum");

  private static final Map<String, Set<String>> KUBECTL =
      Map.ofEntries(
          Map.entry("apply", Set.of("-f", "-k", "-n", "--server-side", "--namespace")),
          Map.entry("auth", Set.of("-n", "--as", "--as-group")),
          Map.entry(
              "create",
              Set.of(
                  "-f",
                  "-n",
                  "--from",
                  "--from-file",
                  "--clusterrole",
                  "--group",
                  "--serviceaccount")),
          Map.entry("delete", Set.of("--all", "-f", "-k", "-n")),
          Map.entry("describe", Set.of("-n")),
          Map.entry("explain", Set.of()),
          Map.entry("get", Set.of("-n", "-o", "-w", "-A", "--field-selector")),
          Map.entry("kustomize", Set.of()),
          Map.entry("logs", Set.of("-n", "-f", "-l")),
          Map.entry("patch", Set.of("-n", "--type", "-p", "--patch-file")),
          Map.entry("rollout", Set.of("-n")),
          Map.entry("set", Set.of("-n")));

  private static final Map<String, Set<String>> HELM =
      Map.of(
          "install", Set.of("--namespace", "--create-namespace", "--set", "-f"),
          "upgrade", Set.of("--install", "--namespace", "--create-namespace", "--set", "-f"),
          "template", Set.of("--namespace", "--set", "-f"),
          "test", Set.of("-n"),
          "rollback", Set.of("-n"),
          "uninstall", Set.of("-n"));

  private KnownCommands() {}

  static void check(List<String> words) throws IOException {
    String program = words.get(0);
    switch (program) {
      case "./lettershop", "lettershop" -> lettershop(words.subList(1, words.size()));
      case "kubectl" -> {
        if (words.get(1).equals("lettershop")) {
          KubectlPlugin.of(Main.commandLine(Clock.systemUTC()))
              .parseArgs(words.subList(2, words.size()).toArray(String[]::new));
        } else {
          kubectl(words);
        }
      }
      case "helm" -> helm(words);
      case "mvn" -> maven(words);
      default -> {
        if (!SHELL.contains(program) && !program.contains("=")) {
          assertThat(Repository.ROOT.resolve(program)).as("a program of ours").isExecutable();
          paths(words);
        }
      }
    }
  }

  private static void lettershop(List<String> arguments) throws IOException {
    paths(arguments);
    CommandLine commandLine =
        Main.commandLine(Clock.systemUTC())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(new StringWriter()));
    if (arguments.equals(List.of("COMMAND", "--help")) || arguments.contains("COMMAND")) {
      return;
    }
    if (RUN.contains(arguments.get(0))
        && arguments.stream().anyMatch(a -> a.startsWith("samples/"))) {
      String[] here =
          arguments.stream()
              .map(a -> a.startsWith("samples/") ? Repository.ROOT.resolve(a).toString() : a)
              .toArray(String[]::new);
      assertThat(commandLine.execute(here)).as("ends well").isZero();
      return;
    }
    commandLine.parseArgs(arguments.toArray(new String[0]));
  }

  private static void kubectl(List<String> words) throws IOException {
    String verb =
        words.stream().skip(1).filter(KUBECTL::containsKey).findFirst().orElse("no verb known");
    assertThat(KUBECTL).as("verbs of kubectl").containsKey(verb);
    flags(words, KUBECTL.get(verb));
    paths(words);
    int role = words.indexOf("--clusterrole");
    if (role > 0) {
      assertThat(Chart.render("").all("ClusterRole"))
          .extracting(object -> object.at("/metadata/name").asText())
          .contains(words.get(role + 1));
    }
  }

  private static void helm(List<String> words) throws IOException {
    assertThat(HELM).as("commands of helm").containsKey(words.get(1));
    flags(words, HELM.get(words.get(1)));
    paths(words);
    if (!words.contains("helm/lettershop")) {
      return;
    }
    TemplateCommand template = Chart.template();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--set")) {
        String[] value = words.get(i + 1).split("=", 2);
        template.set(value[0], value[1]);
      } else if (words.get(i).equals("-f") && !words.get(i + 1).equals("values.yaml")) {
        template.withValuesFile(Repository.ROOT.resolve(words.get(i + 1)));
      }
    }
    assertThat(template.call()).contains("kind: Deployment");
  }

  private static void maven(List<String> words) throws IOException {
    String pom = Files.readString(Repository.ROOT.resolve("pom.xml"));
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("-P")) {
        assertThat(pom).contains("<id>" + word.substring(2) + "</id>");
      } else if (word.equals("-pl")) {
        assertThat(pom).contains("<module>" + words.get(i + 1) + "</module>");
      } else if (word.startsWith("-Dtest=")) {
        testIsThere(word.substring("-Dtest=".length()));
      }
    }
  }

  private static void testIsThere(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.ROOT.resolve("operator"))) {
      assertThat(files.anyMatch(file -> file.endsWith(name + ".java"))).as(name).isTrue();
    }
  }

  private static void flags(List<String> words, Set<String> known) {
    assertThat(words)
        .filteredOn(word -> word.matches("--?[a-z].*"))
        .extracting(word -> word.replaceFirst("=.*", ""))
        .isSubsetOf(known);
  }

  /** What looks like a file of the source tree is there. */
  private static void paths(List<String> words) {
    assertThat(words)
        .filteredOn(word -> word.matches("(samples|helm|deploy|crds|docs|operator)(/[\\w./-]*)?"))
        .allSatisfy(word -> assertThat(Repository.ROOT.resolve(word)).exists());
  }
}

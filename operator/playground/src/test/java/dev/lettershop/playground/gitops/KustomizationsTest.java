package dev.lettershop.playground.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.playground.realcluster.Repository;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that {@code kubectl apply -k} can be given. */
class KustomizationsTest {
  private static final Path SAMPLES = Repository.ROOT.resolve("samples");

  static List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>(Kustomization.folders(SAMPLES));
    folders.addAll(Kustomization.folders(Repository.ROOT.resolve("crds")));
    folders.addAll(Kustomization.folders(Repository.ROOT.resolve("deploy")));
    return folders;
  }

  @Test
  void everySampleCanBeAppliedByItsFolder() throws IOException {
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      assertThat(samples.filter(Files::isDirectory))
          .isNotEmpty()
          .allSatisfy(sample -> assertThat(sample.resolve("kustomization.yaml")).exists());
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyManifestOfAFolderIsNamed(Path folder) throws IOException {
    List<Path> manifests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        JsonNode first = Repository.documents(file).get(0);
        if (first.has("kind") && !first.path("kind").asText().equals("Kustomization")) {
          manifests.add(file);
        }
      }
    }

    assertThat(Kustomization.files(folder)).containsExactlyInAnyOrderElementsOf(manifests);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void noObjectIsThereTwice(Path folder) throws IOException {
    assertThat(Kustomization.build(folder))
        .isNotEmpty()
        .extracting(
            object -> object.path("kind").asText() + "/" + object.at("/metadata/name").asText())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void whatAFolderComesToIsWithoutAnyFinding(Path folder) throws IOException {
    ResourceSet.Builder resources = ResourceSet.builder();
    for (ObjectNode object : Kustomization.build(folder)) {
      resources.add(ResourceParser.parse(folder.getFileName() + ".yaml", object.toString()));
    }

    assertThat(resources.diagnostics()).isEmpty();
    List<Diagnostic> findings = new PlanCompiler(resources.build()).lint();
    assertThat(findings).isEmpty();
  }

  @Test
  void overlaysChangeWhatTheySayAndNothingElse() throws IOException {
    Path apps = SAMPLES.resolve("gitops/apps");
    ObjectNode base = only(apps.resolve("base"), "Campaign");
    ObjectNode dev = only(apps.resolve("dev"), "Campaign");
    ObjectNode transport = only(apps.resolve("dev"), "MailTransport");

    assertThat(dev.at("/spec/suspend").asBoolean()).isTrue();
    assertThat(dev.at("/spec/limits/maxRecipients").asInt()).isEqualTo(100);
    assertThat(dev.at("/metadata/namespace").asText()).isEqualTo("shop-dev");
    assertThat(dev.at("/spec/schedule")).isEqualTo(base.at("/spec/schedule"));
    assertThat(transport.at("/spec/smtp").has("credentialsSecretRef")).isFalse();
  }

  @Test
  void whatIsNotUnderstoodIsRefused(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("kustomization.yaml"), "namePrefix: a-\n");

    assertThatThrownBy(() -> Kustomization.build(folder)).hasMessageContaining("namePrefix");
  }

  /** Where there is a kubectl, it has to agree. */
  @ParameterizedTest
  @MethodSource("folders")
  void kubectlMakesTheSameOfIt(Path folder) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl"))),
        "there is no kubectl");
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(kubectl.waitFor()).isZero();
    List<JsonNode> theirs = sorted(Repository.documents(text));
    List<JsonNode> ours = sorted(List.copyOf(Kustomization.build(folder)));
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i).equals(KustomizationsTest::compareNumbers, theirs.get(i)))
          .as("%s %s", ours.get(i).path("kind"), ours.get(i).at("/metadata/name"))
          .isTrue();
    }
  }

  /** The same, whether 1 or 1.0 is written; all that is not a number is compared already. */
  private static int compareNumbers(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue())
        : one.equals(other) ? 0 : 1;
  }

  private static List<JsonNode> sorted(List<JsonNode> objects) {
    return objects.stream()
        .sorted(
            Comparator.comparing(
                object ->
                    object.path("kind").asText() + "/" + object.at("/metadata/name").asText()))
        .collect(Collectors.toList());
  }

  private static ObjectNode only(Path folder, String kind) throws IOException {
    return Kustomization.build(folder).stream()
        .filter(object -> object.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}

package dev.lettershop.playground.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.api.ResourceKind;
import dev.lettershop.playground.api.ResourceKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliedFolderTest {
  private static final ResourceKind SEGMENT = ResourceKinds.called("seg").get(0);

  @TempDir private Path folder;

  private final List<String> said = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private InMemoryApiServer server;
  private ApiClient client;
  private AppliedFolder applied;

  @BeforeEach
  void start() {
    server = InMemoryApiServer.start();
    client = ApiClient.of(server.url());
    applied =
        new AppliedFolder(
            folder,
            ManifestFiles.Loaded::manifests,
            client,
            loaded -> loaded.diagnostics().forEach(d -> findings.add(d.message())),
            said::add);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void segment(String name, String spec) throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: %s}
        spec: {%s}
        """
            .formatted(name, spec));
  }

  private Optional<JsonNode> live(String name) {
    return client.get(SEGMENT, "default", name);
  }

  @Test
  void theClusterIsKeptAtWhatTheFolderHolds() throws IOException {
    segment("vip", "expression: profile.vip");
    segment("old", "expression: profile.old");
    applied.follow();
    applied.follow();
    assertThat(said)
        .containsExactlyInAnyOrder(
            "segment.lettershop.dev/vip created", "segment.lettershop.dev/old created");

    said.clear();
    segment("vip", "expression: profile.vip && profile.city == 'Ulm'");
    Files.delete(folder.resolve("old.yaml"));
    applied.follow();

    assertThat(said)
        .containsExactly(
            "segment.lettershop.dev/vip configured", "segment.lettershop.dev/old deleted");
    assertThat(live("vip").orElseThrow().at("/spec/expression").asText()).contains("Ulm");
    assertThat(live("old")).isEmpty();
  }

  @Test
  void aFolderWithErrorsChangesNothing() throws IOException {
    segment("vip", "expression: profile.vip");
    applied.follow();
    segment("vip", "expresion: profile.nobody");
    segment("other", "expression: profile.other");
    applied.follow();

    assertThat(findings).isNotEmpty();
    assertThat(live("vip").orElseThrow().at("/spec/expression").asText()).isEqualTo("profile.vip");
    assertThat(live("other")).isEmpty();

    segment("vip", "expression: profile.vip");
    applied.follow();
    assertThat(live("other")).isPresent();
  }
}

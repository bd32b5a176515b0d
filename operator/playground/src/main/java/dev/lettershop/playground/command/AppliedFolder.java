package dev.lettershop.playground.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.api.ApiFailure;
import dev.lettershop.playground.api.Applier;
import dev.lettershop.playground.api.ResourceKind;
import dev.lettershop.playground.api.ResourceKinds;
import dev.lettershop.resource.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder whose manifests a cluster is kept at: what changes is applied again, what is gone from
 * the folder is deleted. A folder with errors changes nothing.
 */
final class AppliedFolder {
  private record Key(ResourceKind kind, String namespace, String name) {}

  private final Path folder;
  private final Function<ManifestFiles.Loaded, List<Manifest>> inPlace;
  private final ApiClient client;
  private final Consumer<ManifestFiles.Loaded> findings;
  private final Consumer<String> say;
  private final Set<Key> applied = new HashSet<>();
  private String seen = "";

  /**
   * @param inPlace the manifests as the cluster is to get them
   * @param findings told a folder with errors, to print them
   * @param say told each change, one line
   */
  AppliedFolder(
      Path folder,
      Function<ManifestFiles.Loaded, List<Manifest>> inPlace,
      ApiClient client,
      Consumer<ManifestFiles.Loaded> findings,
      Consumer<String> say) {
    this.folder = folder;
    this.inPlace = inPlace;
    this.client = client;
    this.findings = findings;
    this.say = say;
  }

  /** Looks at the folder, and applies it when a file is another than before. */
  void follow() {
    String now = looks();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      ManifestFiles.Loaded loaded = new ManifestFiles(false).load(List.of(folder));
      findings.accept(loaded);
      if (loaded.diagnostics().stream().noneMatch(Diagnostic::isError)) {
        apply(Applier.inOrder(inPlace.apply(loaded)));
      }
    } catch (UsageException e) {
      say.accept(e.getMessage());
    }
  }

  private void apply(List<Manifest> manifests) {
    Applier applier = new Applier(client, client.namespace());
    Set<Key> present = new HashSet<>();
    for (Manifest manifest : manifests) {
      Optional<ResourceKind> kind = ResourceKinds.of(manifest.json());
      if (kind.isEmpty()) {
        continue;
      }
      present.add(key(kind.get(), manifest.json()));
      String name = kind.get().qualified(manifest.ref().name());
      try {
        Applier.Outcome outcome = applier.apply(manifest.json());
        if (outcome != Applier.Outcome.unchanged) {
          say.accept(name + " " + outcome);
        }
      } catch (ApiFailure e) {
        say.accept(name + " " + e.getMessage());
      }
    }
    applied.stream().filter(key -> !present.contains(key)).forEach(this::delete);
    applied.clear();
    applied.addAll(present);
  }

  private void delete(Key gone) {
    client.delete(gone.kind(), gone.namespace(), gone.name());
    say.accept(gone.kind().qualified(gone.name()) + " deleted");
  }

  private Key key(ResourceKind kind, JsonNode json) {
    String namespace = json.at("/metadata/namespace").asText("");
    return new Key(
        kind,
        namespace.isEmpty() ? client.namespace() : namespace,
        json.at("/metadata/name").asText());
  }

  /** Size and time of each file that may hold manifests. */
  private String looks() {
    try (Stream<Path> files = Files.list(folder)) {
      Map<Path, String> marks = new LinkedHashMap<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        marks.put(file, Files.size(file) + "@" + Files.getLastModifiedTime(file));
      }
      return marks.entrySet().stream()
          .filter(mark -> mark.getKey().toString().matches("(?i).*[.](ya?ml|json)"))
          .map(mark -> mark.getKey() + " " + mark.getValue())
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the folder " + folder, e);
    }
  }
}

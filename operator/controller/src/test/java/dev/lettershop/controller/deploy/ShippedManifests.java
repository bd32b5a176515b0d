package dev.lettershop.controller.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The objects in {@code deploy/}. */
final class ShippedManifests {
  static final Path FOLDER = Path.of("../../deploy");
  static final String KUSTOMIZATION = "kustomization.yaml";

  private ShippedManifests() {}

  /** Names of all files with objects. */
  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") && !name.equals(KUSTOMIZATION))
          .sorted()
          .toList();
    }
  }

  static List<HasMetadata> all() throws IOException {
    List<HasMetadata> all = new ArrayList<>();
    for (String file : files()) {
      for (String document : Files.readString(FOLDER.resolve(file)).split("(?m)^---$")) {
        all.add(Serialization.unmarshal(document));
      }
    }
    return all;
  }

  /** The one object of this type and name. */
  static <T extends HasMetadata> T only(Class<T> type, String name) throws IOException {
    return all().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

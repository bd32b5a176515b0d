package dev.lettershop.playground.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code kubectl kustomize} makes of a folder, as far as the folders of this tree go:
 * resources, a namespace, and patches that merge. Anything else in a kustomization is refused, so
 * that nothing is taken for rendered that is not. Lists in a patch take the place of lists, as
 * kustomize has it for kinds whose schema it does not know.
 */
public final class Kustomization {
  private static final Set<String> KNOWN =
      Set.of("apiVersion", "kind", "namespace", "resources", "patches");

  /** Kinds of these samples that are in no namespace. */
  private static final Set<String> CLUSTER_WIDE =
      Set.of("Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding");

  private Kustomization() {}

  /** Folders below one that can be given to {@code kubectl apply -k}, it included. */
  public static List<Path> folders(Path below) throws IOException {
    try (var files = Files.walk(below)) {
      return files
          .filter(file -> file.endsWith("kustomization.yaml"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }

  /** The objects of a folder, in the order in which they are named. */
  public static List<ObjectNode> build(Path folder) throws IOException {
    JsonNode kustomization = read(folder);
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode resource : kustomization.path("resources")) {
      Path path = folder.resolve(resource.asText()).normalize();
      if (Files.isDirectory(path)) {
        objects.addAll(build(path));
      } else {
        Repository.documents(path).forEach(document -> objects.add((ObjectNode) document));
      }
    }
    for (JsonNode patch : kustomization.path("patches")) {
      patch(objects, patch, folder);
    }
    if (kustomization.has("namespace")) {
      objects.stream()
          .filter(object -> !CLUSTER_WIDE.contains(object.path("kind").asText()))
          .forEach(object -> place(object, kustomization.get("namespace").asText()));
    }
    return objects;
  }

  /** Files that a kustomization reads itself, not counting those of other folders. */
  static Set<Path> files(Path folder) throws IOException {
    Set<Path> files = new TreeSet<>();
    for (JsonNode resource : read(folder).path("resources")) {
      Path path = folder.resolve(resource.asText()).normalize();
      if (Files.isRegularFile(path)) {
        files.add(path);
      }
    }
    return files;
  }

  /** Puts an object into a namespace. */
  public static void place(ObjectNode object, String namespace) {
    ((ObjectNode) object.get("metadata")).put("namespace", namespace);
  }

  private static JsonNode read(Path folder) throws IOException {
    Path plain = folder.resolve("Kustomization");
    Path file = Files.exists(plain) ? plain : folder.resolve("kustomization.yaml");
    JsonNode kustomization = Repository.documents(file).get(0);
    kustomization
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!KNOWN.contains(field)) {
                throw new IllegalArgumentException(file + ": " + field + " is not looked at here");
              }
            });
    return kustomization;
  }

  private static void patch(List<ObjectNode> objects, JsonNode patch, Path folder)
      throws IOException {
    if (!patch.path("patch").isTextual() || patch.size() != 1) {
      throw new IllegalArgumentException(folder + ": only patches in place are looked at here");
    }
    JsonNode change = Repository.documents(patch.get("patch").asText()).get(0);
    ObjectNode target =
        objects.stream()
            .filter(object -> isSame(object, change))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(folder + ": nothing to patch for " + change));
    merge(target, change);
  }

  private static boolean isSame(JsonNode object, JsonNode change) {
    return object.path("apiVersion").equals(change.path("apiVersion"))
        && object.path("kind").equals(change.path("kind"))
        && object.at("/metadata/name").equals(change.at("/metadata/name"));
  }

  /** RFC 7386: null removes, objects are merged, all else is replaced. */
  private static void merge(ObjectNode target, JsonNode change) {
    Iterator<Map.Entry<String, JsonNode>> fields = change.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (field.getValue().isNull()) {
        target.remove(field.getKey());
      } else if (field.getValue().isObject() && target.path(field.getKey()).isObject()) {
        merge((ObjectNode) target.get(field.getKey()), field.getValue());
      } else {
        target.set(field.getKey(), field.getValue().deepCopy());
      }
    }
  }
}

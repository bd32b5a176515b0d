package dev.lettershop.kubesim.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A kind of object that is served.
 *
 * @param group empty for the core group
 * @param namespaced false when its objects belong to the cluster
 * @param status whether the status can only be written by itself
 * @param crd the version of the CRD that defines it, or a missing node for built-in kinds
 */
public record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    boolean status,
    List<String> shortNames,
    List<String> categories,
    JsonNode crd) {

  /** A built-in kind. */
  static ResourceType builtIn(
      String apiVersion, String plural, String kind, boolean namespaced, boolean status, String s) {
    int slash = apiVersion.indexOf('/');
    return new ResourceType(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        apiVersion.substring(slash + 1),
        plural,
        kind,
        namespaced,
        status,
        s.isEmpty() ? List.of() : List.of(s),
        List.of(),
        MissingNode.getInstance());
  }

  /** What a CustomResourceDefinition defines; its first served version only. */
  public static ResourceType of(JsonNode definition) {
    JsonNode spec = definition.get("spec");
    JsonNode names = spec.get("names");
    JsonNode version = spec.at("/versions/0");
    return new ResourceType(
        spec.get("group").asText(),
        version.get("name").asText(),
        names.get("plural").asText(),
        names.get("kind").asText(),
        spec.path("scope").asText().equals("Namespaced"),
        version.path("subresources").has("status"),
        texts(names.path("shortNames")),
        texts(names.path("categories")),
        version);
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** As messages name it: {@code jobs.batch}. */
  public String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** As messages about invalid objects name it: {@code Job.batch}. */
  String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  public String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  public boolean custom() {
    return !crd.isMissingNode();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return List.copyOf(texts);
  }
}

package dev.lettershop.playground.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the restricted Pod Security Standard finds wrong with Pods, <a
 * href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">as Kubernetes
 * describes it</a>; and a writable root file system, which it allows and we do not.
 */
final class RestrictedPods {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private final List<String> findings = new ArrayList<>();

  private RestrictedPods() {}

  /** Findings about every Pod, and template of Pods, in an object. */
  static List<String> findings(JsonNode object) {
    RestrictedPods pods = new RestrictedPods();
    for (JsonNode spec : specs(object)) {
      pods.look(spec, object.path("kind").asText() + "/" + object.at("/metadata/name").asText());
    }
    return pods.findings;
  }

  /** The specs of an object's Pods; none for what has none. */
  static List<JsonNode> specs(JsonNode object) {
    List<JsonNode> specs = new ArrayList<>();
    if (object.path("kind").asText().equals("Pod")) {
      specs.add(object.get("spec"));
    }
    object.findParents("containers").stream()
        .filter(spec -> !specs.contains(spec))
        .forEach(specs::add);
    return specs;
  }

  /** Every container of a Pod. */
  static List<JsonNode> containers(JsonNode spec) {
    List<JsonNode> containers = new ArrayList<>();
    spec.path("containers").forEach(containers::add);
    spec.path("initContainers").forEach(containers::add);
    spec.path("ephemeralContainers").forEach(containers::add);
    return containers;
  }

  private void look(JsonNode spec, String where) {
    JsonNode pod = spec.path("securityContext");
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      refuse(spec.path(host).asBoolean(), where, host);
    }
    spec.path("volumes")
        .forEach(
            volume ->
                volume
                    .fieldNames()
                    .forEachRemaining(
                        field ->
                            refuse(
                                !field.equals("name") && !VOLUMES.contains(field),
                                where,
                                "volume " + field)));
    for (JsonNode container : containers(spec)) {
      JsonNode own = container.path("securityContext");
      String place = where + " " + container.path("name").asText();
      refuse(own.path("privileged").asBoolean(), place, "privileged");
      refuse(
          own.path("allowPrivilegeEscalation").asBoolean(true), place, "allowPrivilegeEscalation");
      refuse(!either(own, pod, "runAsNonRoot").asBoolean(), place, "runAsNonRoot");
      refuse(either(own, pod, "runAsUser").asInt(1) == 0, place, "runAsUser");
      String seccomp = either(own, pod, "seccompProfile").path("type").asText();
      refuse(!Set.of("RuntimeDefault", "Localhost").contains(seccomp), place, "seccompProfile");
      refuse(!own.at("/capabilities/drop").toString().equals("[\"ALL\"]"), place, "capabilities");
      refuse(own.at("/capabilities/add").size() > 0, place, "capabilities");
      refuse(!own.path("readOnlyRootFilesystem").asBoolean(), place, "readOnlyRootFilesystem");
      container
          .path("ports")
          .forEach(port -> refuse(port.path("hostPort").asInt() != 0, place, "hostPort"));
    }
  }

  private static JsonNode either(JsonNode container, JsonNode pod, String field) {
    return container.has(field) ? container.get(field) : pod.path(field);
  }

  private void refuse(boolean wrong, String where, String what) {
    if (wrong) {
      findings.add(where + ": " + what);
    }
  }
}

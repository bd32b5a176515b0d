package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.kubesim.apiserver.object.ApiException.Cause;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What an API server does to built-in kinds and that we could come to rely on: the defaults that it
 * adds to Jobs, CronJobs and Pods, and what it does not let change.
 */
final class BuiltInRules {
  private static final int NO_LIMIT = Integer.MAX_VALUE;
  private static final List<String> OF_JOBS_FIXED =
      List.of("completionMode", "selector", "podFailurePolicy", "backoffLimitPerIndex");

  private BuiltInRules() {}

  /** Adds defaults; changes the object. */
  static void complete(ResourceType type, ObjectNode object) {
    switch (type.kind()) {
      case "Job" -> job(object);
      case "CronJob" -> cronJob((ObjectNode) object.get("spec"));
      case "Pod" -> {
        podSpec((ObjectNode) object.get("spec"));
        put((ObjectNode) object.get("spec"), "serviceAccountName", "default");
        if (!object.path("status").has("phase")) {
          object.withObject("/status").put("phase", "Pending").put("qosClass", "BestEffort");
        }
      }
      case "Secret" -> secret(object);
      case "Namespace" -> {
        object.withObject("/spec").putArray("finalizers").add("kubernetes");
        object.withObject("/status").put("phase", "Active");
        object
            .withObject("/metadata")
            .withObject("/labels")
            .put("kubernetes.io/metadata.name", object.at("/metadata/name").asText());
      }
      case "RoleBinding", "ClusterRoleBinding" ->
          put((ObjectNode) object.get("roleRef"), "apiGroup", "rbac.authorization.k8s.io");
      default -> {}
    }
  }

  /** What may not change, or is wrong from the beginning. Empty when all is well. */
  static List<Cause> check(ResourceType type, JsonNode object, JsonNode before) {
    List<Cause> causes = new ArrayList<>();
    if (before != null) {
      switch (type.kind()) {
        case "ConfigMap", "Secret" -> immutable(object, before, causes);
        case "Job" -> fixed(object.path("spec"), before.path("spec"), causes);
        case "RoleBinding", "ClusterRoleBinding" -> {
          if (!object.path("roleRef").equals(before.path("roleRef"))) {
            causes.add(
                new Cause(
                    "FieldValueInvalid",
                    "Invalid value: " + object.path("roleRef") + ": cannot change roleRef",
                    "roleRef"));
          }
        }
        default -> {}
      }
    }
    return causes;
  }

  private static void immutable(JsonNode object, JsonNode before, List<Cause> causes) {
    if (before.path("immutable").asBoolean()) {
      for (String field : List.of("data", "binaryData", "immutable")) {
        if (!object.path(field).equals(before.path(field))) {
          causes.add(
              new Cause(
                  "FieldValueForbidden",
                  "Forbidden: field is immutable when `immutable` is set",
                  field));
        }
      }
    }
  }

  private static void fixed(JsonNode spec, JsonNode before, List<Cause> causes) {
    List<String> fixed = new ArrayList<>(OF_JOBS_FIXED);
    // While suspended and never started, scheduling directives may change; nothing of ours needs
    // it.
    fixed.add("template");
    if (!spec.path("completionMode").asText().equals("Indexed")) {
      fixed.add("completions");
    }
    for (String field : fixed) {
      if (!spec.path(field).equals(before.path(field))) {
        causes.add(
            new Cause(
                "FieldValueInvalid",
                "Invalid value: " + spec.path(field) + ": field is immutable",
                "spec." + field));
      }
    }
  }

  private static void job(ObjectNode job) {
    ObjectNode spec = (ObjectNode) job.get("spec");
    jobSpec(spec);
    ObjectNode metadata = (ObjectNode) job.get("metadata");
    if (!spec.path("manualSelector").asBoolean() && metadata.has("uid")) {
      String uid = metadata.get("uid").asText();
      String name = metadata.get("name").asText();
      spec.withObject("/selector")
          .withObject("/matchLabels")
          .put("batch.kubernetes.io/controller-uid", uid);
      ObjectNode template = spec.withObject("/template");
      ObjectNode labels = template.withObject("/metadata").withObject("/labels");
      labels
          .put("batch.kubernetes.io/controller-uid", uid)
          .put("batch.kubernetes.io/job-name", name)
          .put("controller-uid", uid)
          .put("job-name", name);
    }
  }

  private static void jobSpec(ObjectNode spec) {
    if (!spec.hasNonNull("completions") && !spec.hasNonNull("parallelism")) {
      spec.put("completions", 1);
    }
    put(spec, "parallelism", 1);
    put(spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? NO_LIMIT : 6);
    put(spec, "completionMode", "NonIndexed");
    put(spec, "suspend", false);
    put(
        spec,
        "podReplacementPolicy",
        spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    conditionPatterns(spec);
    podSpec((ObjectNode) spec.at("/template/spec"));
  }

  private static void cronJob(ObjectNode spec) {
    put(spec, "concurrencyPolicy", "Allow");
    put(spec, "suspend", false);
    put(spec, "successfulJobsHistoryLimit", 3);
    put(spec, "failedJobsHistoryLimit", 1);
    JsonNode job = spec.at("/jobTemplate/spec");
    if (job.at("/template/spec") instanceof ObjectNode pod) {
      conditionPatterns(job);
      podSpec(pod);
    }
  }

  private static void conditionPatterns(JsonNode jobSpec) {
    for (JsonNode rule : jobSpec.at("/podFailurePolicy/rules")) {
      rule.path("onPodConditions").forEach(pattern -> put((ObjectNode) pattern, "status", "True"));
    }
  }

  private static void podSpec(ObjectNode spec) {
    put(spec, "restartPolicy", "Always");
    put(spec, "dnsPolicy", "ClusterFirst");
    put(spec, "schedulerName", "default-scheduler");
    put(spec, "terminationGracePeriodSeconds", 30);
    spec.withObject("/securityContext");
    if (spec.has("serviceAccountName")) {
      put(spec, "serviceAccount", spec.get("serviceAccountName").asText());
    }
    for (String containers : List.of("containers", "initContainers")) {
      for (JsonNode one : spec.path(containers)) {
        container((ObjectNode) one);
      }
    }
    for (JsonNode volume : spec.path("volumes")) {
      for (Map.Entry<String, JsonNode> source : volume.properties()) {
        if (List.of("configMap", "secret", "projected", "downwardAPI").contains(source.getKey())) {
          put((ObjectNode) source.getValue(), "defaultMode", 420);
        }
      }
    }
  }

  private static void container(ObjectNode container) {
    put(container, "terminationMessagePath", "/dev/termination-log");
    put(container, "terminationMessagePolicy", "File");
    String image = container.path("image").asText();
    boolean latest = image.endsWith(":latest") || image.lastIndexOf(':') <= image.lastIndexOf('/');
    put(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
    container.withObject("/resources");
    for (JsonNode variable : container.path("env")) {
      if (variable.at("/valueFrom/fieldRef") instanceof ObjectNode field) {
        put(field, "apiVersion", "v1");
      }
    }
  }

  private static void secret(ObjectNode secret) {
    put(secret, "type", "Opaque");
    JsonNode plain = secret.remove("stringData");
    if (plain != null && plain.isObject()) {
      ObjectNode data = secret.withObject("/data");
      for (Map.Entry<String, JsonNode> field : plain.properties()) {
        byte[] bytes = field.getValue().asText().getBytes(StandardCharsets.UTF_8);
        data.put(field.getKey(), Base64.getEncoder().encodeToString(bytes));
      }
    }
  }

  private static void put(ObjectNode object, String field, String value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  private static void put(ObjectNode object, String field, int value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  private static void put(ObjectNode object, String field, boolean value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }
}

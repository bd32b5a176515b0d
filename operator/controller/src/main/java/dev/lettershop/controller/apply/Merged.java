package dev.lettershop.controller.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

/** An existing object with what is desired put into it: the body of an update. */
final class Merged {
  private Merged() {}

  /**
   * Each field beside {@code metadata} becomes the desired one as a whole, so that what is no
   * longer desired goes. Other people's labels, annotations and owners stay, as does the version
   * that the update is to replace.
   */
  @SuppressWarnings("unchecked")
  static <T extends HasMetadata> T of(T actual, T desired) {
    ObjectNode merged = Difference.MAPPER.valueToTree(actual);
    ObjectNode wish = Difference.MAPPER.valueToTree(desired);
    JsonNode meta = wish.remove("metadata");
    wish.remove("status");
    keepWhatIsLeftOpen(actual, merged, wish);
    merged.setAll(wish);
    ObjectNode mergedMeta = merged.withObject("/metadata");
    for (String map : new String[] {"labels", "annotations"}) {
      if (meta.path(map).isObject()) {
        mergedMeta.withObject("/" + map).setAll((ObjectNode) meta.get(map));
      }
    }
    if (meta.path("ownerReferences").isArray()) {
      mergedMeta.set(
          "ownerReferences",
          owners(mergedMeta.path("ownerReferences"), meta.get("ownerReferences")));
    }
    try {
      return (T) Difference.MAPPER.treeToValue(merged, desired.getClass());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was just serialised must be readable", e);
    }
  }

  /** What others decide when we do not: the autoscaler, the cluster's defaults. */
  private static void keepWhatIsLeftOpen(HasMetadata actual, ObjectNode merged, ObjectNode wish) {
    String field =
        switch (actual.getKind()) {
          case "Deployment" -> "replicas";
          case "Ingress" -> "ingressClassName";
          default -> null;
        };
    if (field != null
        && wish.path("spec").path(field).isMissingNode()
        && merged.path("spec").has(field)) {
      wish.withObject("/spec").set(field, merged.get("spec").get(field));
    }
  }

  /** A Job cannot be changed but for this; its Pods follow the plan that they began with. */
  static Job of(Job actual, boolean suspend) {
    return new JobBuilder(actual).editSpec().withSuspend(suspend).endSpec().build();
  }

  private static ArrayNode owners(JsonNode actual, JsonNode desired) {
    ArrayNode owners = desired.deepCopy();
    for (JsonNode other : actual) {
      boolean known = false;
      for (JsonNode owner : desired) {
        known |= owner.path("uid").equals(other.path("uid"));
      }
      if (!known) {
        owners.add(other);
      }
    }
    return owners;
  }
}

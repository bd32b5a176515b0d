package dev.lettershop.playground.flow;

import dev.lettershop.api.v1alpha1.common.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads statuses of whatever kind. */
final class Statuses {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /** What all of our statuses have. */
  record Common(Long observedGeneration, List<Condition> conditions) {}

  private Statuses() {}

  static Object of(HasMetadata object) {
    return ((CustomResource<?, ?>) object).getStatus();
  }

  static Long observedGeneration(HasMetadata object) {
    return common(object).observedGeneration();
  }

  static Optional<Condition> condition(HasMetadata object, String type) {
    List<Condition> conditions = common(object).conditions();
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> c.type().equals(type)).findFirst();
  }

  @SuppressWarnings("unchecked")
  private static Common common(HasMetadata object) {
    Map<String, Object> status = JSON.convertValue(of(object), Map.class);
    if (status == null) {
      return new Common(null, List.of());
    }
    Number generation = (Number) status.get("observedGeneration");
    List<?> conditions = (List<?>) status.getOrDefault("conditions", List.of());
    return new Common(
        generation == null ? null : generation.longValue(),
        conditions.stream().map(c -> JSON.convertValue(c, Condition.class)).toList());
  }
}

package dev.lettershop.plan;

import dev.lettershop.api.v1alpha1.model.ModelSpec;
import dev.lettershop.encoding.Sha256;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that training one model and scoring with it needs to know. Secrets appear by reference only.
 *
 * @param segments CEL of every segment that its rules reach through {@code inSegment}, by name
 */
public record ModelPlan(
    String namespace, String name, Plan.Store store, Map<String, String> segments, ModelSpec spec) {
  public ModelPlan {
    segments = segments == null ? Map.of() : Map.copyOf(segments);
  }

  /**
   * 64 hexadecimal digits that stand for what is learnt from what: a version that was trained from
   * another one has to be trained again. When it is trained and how often does not matter.
   */
  public String learns() {
    return Sha256.hex(
        String.join(
            "\n",
            String.valueOf(spec.population()),
            spec.features().toString(),
            String.valueOf(spec.classify()),
            String.valueOf(spec.cluster()),
            spec.choose().toString(),
            String.valueOf(spec.recommend()),
            new TreeMap<>(segments).toString()));
  }
}

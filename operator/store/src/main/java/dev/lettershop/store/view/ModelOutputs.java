package dev.lettershop.store.view;

import dev.lettershop.profile.ModelOutput;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;

/** Reads what models have computed. */
public final class ModelOutputs {
  private static final String OUTPUTS =
      """
      select profile_id, model, score, cluster from model_output
      where profile_id = any(?::bigint[]) and model = any(?::text[])
      """;

  private ModelOutputs() {}

  /**
   * The outputs of some profiles, by profile and model.
   *
   * @param models names of those wanted; nothing is asked when there are none
   */
  public static Map<Long, Map<String, ModelOutput>> read(
      DSLContext db, Collection<Long> profiles, Set<String> models) {
    if (models.isEmpty() || profiles.isEmpty()) {
      return Map.of();
    }
    Map<Long, Map<String, ModelOutput>> outputs = new HashMap<>();
    db.fetch(OUTPUTS, profiles.toArray(Long[]::new), models.toArray(String[]::new))
        .forEach(
            r ->
                outputs
                    .computeIfAbsent(r.get(0, Long.class), id -> new HashMap<>())
                    .put(
                        r.get(1, String.class),
                        new ModelOutput(r.get(2, Double.class), r.get(3, String.class))));
    return outputs;
  }
}

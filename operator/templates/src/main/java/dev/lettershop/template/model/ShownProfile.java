package dev.lettershop.template.model;

import java.util.HashMap;
import java.util.Map;

/**
 * A profile as it is shown: with the template's defaults where an attribute is missing or blank.
 */
public final class ShownProfile {
  /** What compiled templates call it; authors cannot. */
  public static final String NAME = "shown";

  private ShownProfile() {}

  @SuppressWarnings("unchecked")
  public static Map<String, Object> of(Map<String, Object> context, Map<String, String> defaults) {
    Map<String, Object> profile = (Map<String, Object>) context.get(Names.PROFILE);
    if (defaults.isEmpty()) {
      return profile;
    }
    Map<String, Object> shown = new HashMap<>(profile);
    defaults.forEach(
        (attribute, text) -> {
          Object value = profile.get(attribute);
          if (value == null || value instanceof String s && s.isBlank()) {
            shown.put(attribute, text);
          }
        });
    return shown;
  }
}

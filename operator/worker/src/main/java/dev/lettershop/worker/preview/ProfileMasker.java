package dev.lettershop.worker.preview;

import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes personal data out of a real profile, and leaves its shape. */
public final class ProfileMasker {
  /** Stands for a masked text. */
  public static final String MASK = "•••";

  /** Stands for a masked address; reserved for such use (RFC 2606). */
  private static final String EMAIL = "masked@example.com";

  private ProfileMasker() {}

  /**
   * Attributes marked as personal are covered, texts by dots, all else is left out; the address
   * always is.
   */
  public static Profile mask(Profile profile, ProfileSchema schema) {
    Map<String, Object> masked = new HashMap<>();
    profile
        .attributes()
        .forEach(
            (name, value) -> {
              var attribute = schema.attributes().get(name);
              if (attribute != null && !attribute.pii()) {
                masked.put(name, value);
              } else if (value instanceof String) {
                masked.put(name, MASK);
              } else if (value instanceof List<?>) {
                masked.put(name, List.of(MASK));
              }
            });
    masked.put("email", EMAIL);
    return new Profile(masked, profile.events());
  }
}

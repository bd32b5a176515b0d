package dev.lettershop.store.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.store.database.JsonText;
import dev.lettershop.store.encryption.Vault;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How it is known what somebody said. In a store that encrypts it is sealed as a whole, since it
 * may hold an address.
 */
public final class ConsentEvidence {
  private static final String SEALED = "sealed";
  private static final JsonMapper JSON = JsonMappers.PLAIN;

  private ConsentEvidence() {}

  /** As it is stored; null when there is none. */
  public static String stored(Vault vault, Map<String, Object> evidence) {
    return evidence == null || evidence.isEmpty() ? null : JsonText.of(sealed(vault, evidence));
  }

  /** The same as an object. */
  public static Map<String, Object> sealed(Vault vault, Map<String, Object> evidence) {
    return vault.encrypts() ? Map.of(SEALED, vault.sealText(JsonText.of(evidence))) : evidence;
  }

  /**
   * As it was given.
   *
   * @param stored JSON, or null
   * @return empty when there is none
   */
  public static Map<String, Object> opened(Vault vault, String stored) {
    Map<String, Object> evidence = read(stored);
    return evidence.get(SEALED) instanceof String sealed && vault.encrypts()
        ? read(vault.openText(sealed))
        : evidence;
  }

  private static Map<String, Object> read(String json) {
    if (json == null) {
      return Map.of();
    }
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      // The cause's message quotes the text.
      throw new IllegalStateException("The evidence of a consent cannot be read as an object");
    }
  }
}

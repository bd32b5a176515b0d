package dev.lettershop.store.encryption;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import dev.lettershop.encoding.JsonMappers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of one store, as its Secret holds them: a JSON object with three keysets in Tink's JSON
 * format.
 *
 * <ul>
 *   <li>{@code aead} (AES-256-GCM) wraps the keys of persons, and encrypts quarantined rows;
 *   <li>{@code deterministicAead} (AES-256-SIV) encrypts deterministic attributes;
 *   <li>{@code prf} (AES-CMAC) turns addresses and other identities into what they are found by.
 *       Its key is never rotated: suppressed addresses of erased people are known by it alone.
 * </ul>
 *
 * Immutable and thread-safe.
 */
public final class Keyset {
  static final String AEAD = "aead";
  static final String DETERMINISTIC = "deterministicAead";
  static final String PRF = "prf";

  private static final JsonMapper JSON = JsonMappers.INDENTED;

  static {
    try {
      AeadConfig.register();
      DeterministicAeadConfig.register();
      PrfConfig.register();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * One key, without its secret.
   *
   * @param purpose {@code aead}, {@code deterministicAead} or {@code prf}
   * @param primary whether it encrypts what is written from now on
   */
  public record Key(String purpose, long id, boolean primary, String status) {}

  private final KeysetHandle aead;
  private final KeysetHandle deterministic;
  private final KeysetHandle prf;

  private Keyset(KeysetHandle aead, KeysetHandle deterministic, KeysetHandle prf) {
    this.aead = aead;
    this.deterministic = deterministic;
    this.prf = prf;
  }

  /** New keys, from the platform's secure random numbers. */
  public static Keyset generate() {
    try {
      return new Keyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM),
          KeysetHandle.generateNew(PredefinedDeterministicAeadParameters.AES256_SIV),
          KeysetHandle.generateNew(PredefinedPrfParameters.AES_CMAC_PRF));
    } catch (GeneralSecurityException e) {
      throw new KeysetException("Keys could not be made", e);
    }
  }

  /**
   * Reads what {@link #toJson} writes.
   *
   * @throws KeysetException when it is something else; says what, but nothing of the content
   */
  public static Keyset parse(byte[] json) {
    JsonNode all;
    try {
      all = JSON.readTree(json);
    } catch (IOException e) {
      // The cause quotes the content.
      throw new KeysetException("is not JSON; make one with lettershop keys create");
    }
    Keyset keyset = new Keyset(part(all, AEAD), part(all, DETERMINISTIC), part(all, PRF));
    keyset.aead();
    keyset.deterministic();
    keyset.prf();
    return keyset;
  }

  private static KeysetHandle part(JsonNode all, String name) {
    JsonNode part = all == null ? null : all.get(name);
    if (part == null) {
      throw new KeysetException(
          "holds no keyset \"" + name + "\"; make one with lettershop keys create");
    }
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(part.toString(), InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw unusable(name);
    }
  }

  /** The keys themselves, for the Secret and nowhere else. */
  public byte[] toJson() {
    ObjectNode all = JSON.createObjectNode();
    try {
      all.set(AEAD, json(aead));
      all.set(DETERMINISTIC, json(deterministic));
      all.set(PRF, json(prf));
      return (JSON.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new KeysetException("The keyset cannot be written", e);
    }
  }

  private static JsonNode json(KeysetHandle handle)
      throws GeneralSecurityException, JsonProcessingException {
    return JSON.readTree(
        TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get()));
  }

  /**
   * The same with new primary keys; the old ones still decrypt. What identities are found by stays.
   */
  public Keyset rotated() {
    try {
      return new Keyset(
          rotated(aead, PredefinedAeadParameters.AES256_GCM),
          rotated(deterministic, PredefinedDeterministicAeadParameters.AES256_SIV),
          prf);
    } catch (GeneralSecurityException e) {
      throw new KeysetException("Keys could not be made", e);
    }
  }

  private static KeysetHandle rotated(KeysetHandle handle, Parameters parameters)
      throws GeneralSecurityException {
    return KeysetHandle.newBuilder(handle)
        .addEntry(KeysetHandle.generateEntryFromParameters(parameters).withRandomId().makePrimary())
        .build();
  }

  /** All keys, in the order in which they were made. */
  public List<Key> keys() {
    List<Key> keys = new ArrayList<>();
    add(AEAD, aead, keys);
    add(DETERMINISTIC, deterministic, keys);
    add(PRF, prf, keys);
    return keys;
  }

  private static void add(String purpose, KeysetHandle handle, List<Key> keys) {
    for (int i = 0; i < handle.size(); i++) {
      KeysetHandle.Entry entry = handle.getAt(i);
      keys.add(
          new Key(
              purpose,
              Integer.toUnsignedLong(entry.getId()),
              entry.isPrimary(),
              entry.getStatus().toString()));
    }
  }

  Aead aead() {
    try {
      return aead.getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw unusable(AEAD);
    }
  }

  DeterministicAead deterministic() {
    try {
      return deterministic.getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
    } catch (GeneralSecurityException e) {
      throw unusable(DETERMINISTIC);
    }
  }

  /** One for each enabled key, the primary first. */
  List<DeterministicAead> eachDeterministic() {
    try {
      List<DeterministicAead> each = new ArrayList<>();
      for (int i = 0; i < deterministic.size(); i++) {
        KeysetHandle.Entry entry = deterministic.getAt(i);
        if (entry.getStatus() == com.google.crypto.tink.KeyStatus.ENABLED) {
          KeysetHandle alone =
              KeysetHandle.newBuilder()
                  .addEntry(
                      KeysetHandle.importKey(entry.getKey())
                          .withFixedId(entry.getId())
                          .makePrimary())
                  .build();
          DeterministicAead primitive =
              alone.getPrimitive(RegistryConfiguration.get(), DeterministicAead.class);
          each.add(entry.isPrimary() ? 0 : each.size(), primitive);
        }
      }
      return each;
    } catch (GeneralSecurityException e) {
      throw unusable(DETERMINISTIC);
    }
  }

  PrfSet prf() {
    try {
      return prf.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
    } catch (GeneralSecurityException e) {
      throw unusable(PRF);
    }
  }

  private static KeysetException unusable(String name) {
    return new KeysetException(
        "holds a keyset \""
            + name
            + "\" that cannot be used; make one with lettershop keys create");
  }

  @Override
  public String toString() {
    return "Keyset" + keys();
  }
}

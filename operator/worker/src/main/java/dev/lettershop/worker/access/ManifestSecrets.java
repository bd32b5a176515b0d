package dev.lettershop.worker.access;

import dev.lettershop.worker.RunException;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Secrets that stand as manifests beside the resources: for a laptop and for CI. */
public final class ManifestSecrets implements Secrets {
  private final Map<String, Secret> secrets;

  public ManifestSecrets(Map<String, Secret> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  @Override
  public Optional<byte[]> get(String name, String key) {
    Secret secret = secrets.get(name);
    if (secret == null) {
      return Optional.empty();
    }
    if (secret.getStringData() != null && secret.getStringData().containsKey(key)) {
      return Optional.of(secret.getStringData().get(key).getBytes(StandardCharsets.UTF_8));
    }
    if (secret.getData() != null && secret.getData().containsKey(key)) {
      try {
        return Optional.of(Base64.getMimeDecoder().decode(secret.getData().get(key)));
      } catch (IllegalArgumentException e) {
        throw RunException.configuration(
            "Secret/" + name + " data." + key + " is not Base64; use stringData for plain text");
      }
    }
    return Optional.empty();
  }
}

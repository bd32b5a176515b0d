package dev.lettershop.kubesim.kubelet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads ConfigMaps and Secrets as files, and says what is missing as a kubelet does. */
final class VolumeSources {
  private final KubernetesClient client;
  private final String namespace;

  VolumeSources(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  Map<String, byte[]> configMap(String volume, String name, List<KeyToPath> items, Boolean optional)
      throws PodProblem {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    if (map == null) {
      return absent(volume, optional, "configmap \"" + name + "\" not found");
    }
    return chosen(
        volume, content(map), items, optional, "configmap references non-existent config key: ");
  }

  Map<String, byte[]> secret(String volume, String name, List<KeyToPath> items, Boolean optional)
      throws PodProblem {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      return absent(volume, optional, "secret \"" + name + "\" not found");
    }
    return chosen(
        volume, decoded(secret.getData()), items, optional, "references non-existent secret key: ");
  }

  /** One value for the environment; null when it is optional and absent. */
  String secretValue(String name, String key, Boolean optional) throws PodProblem {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      return absentValue(optional, "secret \"" + name + "\" not found");
    }
    byte[] value = decoded(secret.getData()).get(key);
    return value == null
        ? absentValue(optional, "couldn't find key " + key + " in Secret " + in(name))
        : new String(value, StandardCharsets.UTF_8);
  }

  /** One value for the environment; null when it is optional and absent. */
  String configValue(String name, String key, Boolean optional) throws PodProblem {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    if (map == null) {
      return absentValue(optional, "configmap \"" + name + "\" not found");
    }
    byte[] value = content(map).get(key);
    return value == null
        ? absentValue(optional, "couldn't find key " + key + " in ConfigMap " + in(name))
        : new String(value, StandardCharsets.UTF_8);
  }

  private String in(String name) {
    return namespace + "/" + name;
  }

  private static String absentValue(Boolean optional, String why) throws PodProblem {
    if (Boolean.TRUE.equals(optional)) {
      return null;
    }
    throw PodProblem.config(why);
  }

  private static Map<String, byte[]> absent(String volume, Boolean optional, String why)
      throws PodProblem {
    if (Boolean.TRUE.equals(optional)) {
      return Map.of();
    }
    throw PodProblem.mount(volume, why);
  }

  private static Map<String, byte[]> chosen(
      String volume,
      Map<String, byte[]> all,
      List<KeyToPath> items,
      Boolean optional,
      String complaint)
      throws PodProblem {
    if (items == null || items.isEmpty()) {
      return all;
    }
    Map<String, byte[]> chosen = new HashMap<>();
    for (KeyToPath item : items) {
      byte[] value = all.get(item.getKey());
      if (value != null) {
        chosen.put(item.getPath(), value);
      } else if (!Boolean.TRUE.equals(optional)) {
        throw PodProblem.mount(volume, complaint + item.getKey());
      }
    }
    return chosen;
  }

  private static Map<String, byte[]> content(ConfigMap map) {
    Map<String, byte[]> content = decoded(map.getBinaryData());
    if (map.getData() != null) {
      map.getData().forEach((key, text) -> content.put(key, text.getBytes(StandardCharsets.UTF_8)));
    }
    return content;
  }

  private static Map<String, byte[]> decoded(Map<String, String> data) {
    Map<String, byte[]> decoded = new HashMap<>();
    if (data != null) {
      data.forEach((key, value) -> decoded.put(key, Base64.getDecoder().decode(value)));
    }
    return decoded;
  }
}

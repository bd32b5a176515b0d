package dev.lettershop.kubesim.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a Pod finds of its service account: a token, the authority of the API server's certificate.
 */
final class ServiceAccountFiles {
  /** Where Kubernetes puts them. */
  static final String PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";

  /** The ConfigMap with the authority that Kubernetes puts into every namespace. */
  static final String ROOT_CA = "kube-root-ca.crt";

  private static final String CERTIFICATE = "ca.crt";
  private static final long VALID_SECONDS = 3_600;

  private final KubernetesClient client;

  ServiceAccountFiles(KubernetesClient client) {
    this.client = client;
  }

  /** Whether the Pod is to have them: it says so itself, or its service account does. */
  boolean areWanted(Pod pod) {
    Boolean own = pod.getSpec().getAutomountServiceAccountToken();
    if (own != null) {
      return own;
    }
    ServiceAccount account =
        client
            .serviceAccounts()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(name(pod))
            .get();
    return account != null && !Boolean.FALSE.equals(account.getAutomountServiceAccountToken());
  }

  Map<String, byte[]> files(Pod pod) throws PodProblem {
    Map<String, byte[]> files = new HashMap<>();
    files.put("token", token(pod));
    files.put("namespace", pod.getMetadata().getNamespace().getBytes(StandardCharsets.UTF_8));
    files.putAll(authority(new VolumeSources(client, pod.getMetadata().getNamespace())));
    return files;
  }

  byte[] token(Pod pod) throws PodProblem {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(List.of())
            .withExpirationSeconds(VALID_SECONDS)
            .endSpec()
            .build();
    try {
      TokenRequest answer =
          client
              .serviceAccounts()
              .inNamespace(pod.getMetadata().getNamespace())
              .withName(name(pod))
              .tokenRequest(request);
      return answer.getStatus().getToken().getBytes(StandardCharsets.UTF_8);
    } catch (KubernetesClientException e) {
      throw PodProblem.mount("kube-api-access", "failed to fetch token: " + e.getMessage());
    }
  }

  /** From the namespace, or as this machine's client knows it; nothing over plain HTTP. */
  Map<String, byte[]> authority(VolumeSources sources) throws PodProblem {
    Map<String, byte[]> published = sources.configMap("kube-api-access", ROOT_CA, null, true);
    if (published.containsKey(CERTIFICATE)) {
      return published;
    }
    Config config = client.getConfiguration();
    if (config.getCaCertData() != null) {
      return Map.of(CERTIFICATE, Base64.getDecoder().decode(config.getCaCertData()));
    } else if (config.getCaCertFile() != null) {
      try {
        return Map.of(CERTIFICATE, Files.readAllBytes(Path.of(config.getCaCertFile())));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + config.getCaCertFile(), e);
      }
    }
    return Map.of();
  }

  private static String name(Pod pod) {
    String name = pod.getSpec().getServiceAccountName();
    return name == null ? "default" : name;
  }
}

package dev.lettershop.controller.health;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The kinds of our group that an API server serves, by one request of discovery. Everybody who can
 * log in may make it, so no right to read CustomResourceDefinitions is needed.
 */
public final class ServedKinds implements Supplier<Set<String>> {
  private static final String GROUP_VERSION = "lettershop.dev/v1alpha1";

  private final KubernetesClient client;

  public ServedKinds(KubernetesClient client) {
    this.client = client;
  }

  /**
   * @return none when the server does not know the group
   * @throws KubernetesClientException when it does not answer
   */
  @Override
  public Set<String> get() {
    APIResourceList list = client.getApiResources(GROUP_VERSION);
    return list == null
        ? Set.of()
        : list.getResources().stream().map(APIResource::getKind).collect(Collectors.toSet());
  }
}

package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** A namespace that is being deleted: nothing can be made in it, and nothing has to be. */
public final class EndingNamespace {
  private static final String CAUSE = "NamespaceTerminating";

  private EndingNamespace() {}

  /** Whether that is why the API server refused something. */
  public static boolean refused(KubernetesClientException answer) {
    return Optional.ofNullable(answer.getStatus())
        .map(status -> status.getDetails())
        .map(details -> details.getCauses())
        .orElse(List.of())
        .stream()
        .map(StatusCause::getReason)
        .anyMatch(CAUSE::equals);
  }
}

package dev.lettershop.controller.event;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;

/** Records Events. Never throws: an Event that cannot be written is logged and forgotten. */
public final class Events {
  /** Who reports. */
  public static final String COMPONENT = "lettershop-controller";

  private final KubernetesClient client;
  private final Clock clock;

  public Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * @param object what it happened to; has a uid
   * @param message for people; no personal data
   */
  public void record(HasMetadata object, EventReason reason, String message) {}

  public void record(HasMetadata object, List<Transition> transitions) {
    transitions.forEach(t -> record(object, t.reason(), t.message()));
  }
}

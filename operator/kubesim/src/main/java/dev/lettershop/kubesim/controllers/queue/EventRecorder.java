package dev.lettershop.kubesim.controllers.queue;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes events about objects. The same event again counts on the first one, a warning also when
 * only its text differs. An event that cannot be written is dropped.
 */
public final class EventRecorder {
  private static final Logger LOG = Logger.getLogger(EventRecorder.class.getName());

  private final KubernetesClient client;
  private final String component;
  private final Clock clock;

  /**
   * @param component who says it, such as {@code job-controller}
   */
  public EventRecorder(KubernetesClient client, String component, Clock clock) {
    this.client = client;
    this.component = component;
    this.clock = clock;
  }

  /** Something that went as it should. */
  public void normal(HasMetadata about, String reason, String message) {
    record(about, "Normal", reason, message);
  }

  /** Something that did not. */
  public void warning(HasMetadata about, String reason, String message) {
    record(about, "Warning", reason, message);
  }

  private void record(HasMetadata about, String type, String reason, String message) {
    String uid = about.getMetadata().getUid();
    // A warning that comes again and again, each time with another detail, is still one.
    String same = type.equals("Warning") ? "" : message;
    long hash = 31L * (uid + reason).hashCode() + same.hashCode();
    String name = about.getMetadata().getName() + "." + String.format("%016x", hash);
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String namespace = about.getMetadata().getNamespace();
    try {
      Event event =
          new EventBuilder()
              .withNewMetadata()
              .withName(name)
              .withNamespace(namespace)
              .endMetadata()
              .withNewInvolvedObject()
              .withApiVersion(about.getApiVersion())
              .withKind(about.getKind())
              .withNamespace(namespace)
              .withName(about.getMetadata().getName())
              .withUid(uid)
              .withResourceVersion(about.getMetadata().getResourceVersion())
              .endInvolvedObject()
              .withType(type)
              .withReason(reason)
              .withMessage(message)
              .withNewSource()
              .withComponent(component)
              .endSource()
              .withFirstTimestamp(now)
              .withLastTimestamp(now)
              .withCount(1)
              .build();
      Event first = client.v1().events().inNamespace(namespace).withName(name).get();
      if (first == null) {
        client.resource(event).create();
      } else {
        first.setCount((first.getCount() == null ? 0 : first.getCount()) + 1);
        first.setLastTimestamp(now);
        first.setMessage(message);
        client.resource(first).update();
      }
    } catch (KubernetesClientException e) {
      boolean expected =
          e.getCode() == HttpURLConnection.HTTP_CONFLICT
              || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
              || e.getCause() instanceof InterruptedIOException;
      Level level = expected ? Level.FINE : Level.WARNING;
      LOG.log(level, "No event " + reason + " about " + about.getMetadata().getName(), e);
    }
  }
}

package dev.lettershop.controller.event;

import dev.lettershop.controller.apply.EndingNamespace;
import dev.lettershop.encoding.Sha256;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Events. The same thing said again about the same object is the same Event with a higher
 * count. Never throws: an Event that cannot be written is logged and forgotten. Thread-safe.
 */
public final class Events {
  /** Who reports. */
  public static final String COMPONENT = "lettershop-controller";

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  /** The API server refuses longer messages. */
  private static final int MAX_MESSAGE = 1024;

  private static final int MAX_NAME = 253;
  private static final int HASH_BYTES = 8;

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
  public void record(HasMetadata object, EventReason reason, String message) {
    ObjectMeta about = object.getMetadata();
    try {
      Event event = event(object, reason, bounded(message));
      try {
        client.resource(event).create();
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
        again(event);
      }
    } catch (KubernetesClientException e) {
      if (EndingNamespace.refused(e)) {
        LOG.debug("Event {}: namespace {} is being deleted", reason, about.getNamespace());
      } else {
        unrecorded(object, reason, e.getStatus() == null ? null : e.getStatus().getMessage(), e);
      }
    } catch (RuntimeException e) {
      unrecorded(object, reason, null, e);
    }
  }

  /** What the API server says itself is one sentence; the exception repeats all of its answer. */
  private static void unrecorded(
      HasMetadata object, EventReason reason, String said, RuntimeException e) {
    LOG.warn(
        "Event {} about {} {}/{} could not be recorded: {}",
        reason,
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        said != null ? said : e.getMessage());
  }

  /** Each of them, in this order. */
  public void record(HasMetadata object, List<Transition> transitions) {
    transitions.forEach(t -> record(object, t.reason(), t.message()));
  }

  private void again(Event event) {
    Event known = client.resource(event).get();
    if (known == null) {
      return; // expired in between
    }
    int count = known.getCount() == null ? 1 : known.getCount();
    client
        .resource(
            new EventBuilder(known)
                .withCount(count + 1)
                .withLastTimestamp(event.getLastTimestamp())
                .build())
        .update();
  }

  private Event event(HasMetadata object, EventReason reason, String message) {
    ObjectMeta about = object.getMetadata();
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.getNamespace())
        .withName(name(about, reason, message))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(object.getApiVersion())
        .withKind(object.getKind())
        .withNamespace(about.getNamespace())
        .withName(about.getName())
        .withUid(about.getUid())
        .withResourceVersion(about.getResourceVersion())
        .endInvolvedObject()
        .withType(reason.type())
        .withReason(reason.name())
        .withMessage(message)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withReportingComponent(COMPONENT)
        .withReportingInstance(COMPONENT)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .build();
  }

  /** Deterministic, so that what is said twice, even after a restart, is one Event. */
  static String name(ObjectMeta about, EventReason reason, String message) {
    String said = about.getUid() + '\n' + reason + '\n' + message;
    String suffix = "." + hash(said);
    String name = about.getName();
    int most = MAX_NAME - suffix.length();
    return (name.length() <= most ? name : name.substring(0, most).replaceFirst("[.-]+$", ""))
        + suffix;
  }

  private static String hash(String text) {
    return Sha256.hex(text, HASH_BYTES);
  }

  private static String bounded(String message) {
    String text = message == null ? "" : message;
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE - 1) + "…";
  }
}

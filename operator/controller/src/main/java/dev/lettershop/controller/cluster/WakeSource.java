package dev.lettershop.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Set;

/** Wakes a reconciler from outside of its own informers. */
public final class WakeSource<P extends HasMetadata> extends AbstractEventSource<Void, P> {

  WakeSource() {
    super(Void.class, "wake");
  }

  void wake(String namespace, String name) {
    if (isRunning() && getEventHandler() != null) {
      getEventHandler().handleEvent(new Event(new ResourceID(name, namespace)));
    }
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }
}

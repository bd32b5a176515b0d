package dev.lettershop.controller.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The versions of objects that this process wrote last. A watch tells of them as of any change, but
 * whoever wrote them knows, and need not look again. Thread-safe.
 */
public final class OwnWrites {
  /** Objects that are remembered; of others the echo is a change like any other. */
  private static final int MOST = 20_000;

  private final Map<String, String> versions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param object as the server answered
   */
  synchronized <T extends HasMetadata> T remember(T object) {
    if (object != null && object.getMetadata().getUid() != null) {
      versions.remove(object.getMetadata().getUid());
      versions.put(object.getMetadata().getUid(), object.getMetadata().getResourceVersion());
    }
    return object;
  }

  /**
   * Whether an object is as this process wrote it. False when the watch was faster than the answer.
   */
  public synchronized boolean isOwn(HasMetadata object) {
    String version = versions.get(object.getMetadata().getUid());
    return version != null && version.equals(object.getMetadata().getResourceVersion());
  }
}

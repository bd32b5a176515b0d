package dev.lettershop.playground.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Follows the resources of several kinds until it is closed. */
public final class Follower implements ApiClient.Subscription {
  private final List<ApiClient.Subscription> watches = new ArrayList<>();

  private Follower() {}

  /**
   * @param seen told each resource as it is and whenever it changes, by one thread at a time
   */
  public static Follower follow(
      ApiClient client, List<ResourceKind> kinds, String namespace, Consumer<JsonNode> seen) {
    Follower follower = new Follower();
    Object turn = new Object();
    for (ResourceKind kind : kinds) {
      ApiClient.Listing listing = client.list(kind, namespace);
      synchronized (turn) {
        listing.items().forEach(seen);
      }
      follower.watches.add(
          client.watch(
              kind,
              namespace,
              listing.resourceVersion(),
              (change, resource) -> {
                if (!change.equals("DELETED")) {
                  synchronized (turn) {
                    seen.accept(resource);
                  }
                }
              },
              () -> {}));
    }
    return follower;
  }

  @Override
  public void close() {
    watches.forEach(ApiClient.Subscription::close);
  }
}

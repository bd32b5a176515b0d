package dev.lettershop.collector;

import dev.lettershop.collector.http.ClientAddresses;
import dev.lettershop.collector.http.Feature;
import dev.lettershop.collector.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The features that one process serves. */
public final class Collector implements AutoCloseable {
  private final List<Feature> features;

  /**
   * @param features closed with this, the last one first
   */
  public Collector(List<Feature> features) {
    this.features = List.copyOf(features);
  }

  /** Adds every feature's routes, in their order. */
  public void register(Router router, Vertx vertx, ClientAddresses clients) {
    Routes routes = new Routes(router, vertx, clients);
    features.forEach(feature -> feature.register(routes));
  }

  /** Why requests should go elsewhere now, or null. */
  public String notReady() {
    String reasons =
        features.stream()
            .map(Feature::notReady)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? null : reasons;
  }

  /** Ends every feature, also when one of them fails to. */
  @Override
  public void close() {
    RuntimeException first = null;
    List<Feature> backwards = new ArrayList<>(features);
    Collections.reverse(backwards);
    for (Feature feature : backwards) {
      try {
        feature.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}

package dev.lettershop.playground.local;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Where a playground lives.
 *
 * @param folder for the kubeconfig, the connection facts and the logs; exists
 * @param mails folder for the mails that arrive
 * @param claims folder of each PersistentVolumeClaim, by its name
 * @param port of the API server; 0 for a free one
 * @param controller the controller's {@code quarkus-run.jar}
 * @param collector the collector's {@code quarkus-run.jar}; null when nobody is to answer links
 */
public record Place(
    Path folder,
    Path mails,
    Map<String, Path> claims,
    int port,
    Path controller,
    Path collector,
    Clock clock) {
  /** System property that names the collector's {@code quarkus-run.jar}. */
  public static final String COLLECTOR = "lettershop.collector";

  public Place {
    claims = Map.copyOf(claims);
  }

  Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  Path controllerLog() {
    return folder.resolve("controller.log");
  }

  Path facts() {
    return folder.resolve("playground.json");
  }

  Path pods() {
    return folder.resolve("pods");
  }
}

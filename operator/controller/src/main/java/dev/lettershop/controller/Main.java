package dev.lettershop.controller;

import dev.lettershop.controller.cluster.Namespaces;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the controller. */
@QuarkusMain
public final class Main {
  private static final String WATCHED = "LETTERSHOP_WATCH_NAMESPACES";

  private Main() {}

  public static void main(String[] arguments) {
    String watched = System.getenv(WATCHED);
    if (watched != null && !watched.isBlank()) {
      // The operator SDK has a name of its own for all namespaces.
      boolean all = Namespaces.of(watched, "").isAll();
      System.setProperty("quarkus.operator-sdk.namespaces", all ? "JOSDK_ALL_NAMESPACES" : watched);
    }
    Quarkus.run(arguments);
  }
}

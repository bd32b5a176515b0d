package dev.lettershop.playground.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.playground.view.ChangeFeed;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sees resources change, shows it, and lets somebody wait for what one of them will be. Patient as
 * long as anything moves.
 */
final class RunWatch implements Consumer<JsonNode> {
  private static final long LOOK_MILLIS = 200;

  private final ChangeFeed feed = new ChangeFeed();
  private final Map<String, JsonNode> newest = new HashMap<>();
  private final Consumer<String> progress;
  private final BooleanSupplier alive;
  private final long patienceSeconds;
  private long lastChange = System.nanoTime();

  /**
   * @param progress told each change as a line
   * @param alive whether what changes resources still runs
   */
  RunWatch(Consumer<String> progress, BooleanSupplier alive, long patienceSeconds) {
    this.progress = progress;
    this.alive = alive;
    this.patienceSeconds = patienceSeconds;
  }

  @Override
  public synchronized void accept(JsonNode resource) {
    newest.put(
        key(resource.path("kind").asText(), resource.at("/metadata/name").asText()), resource);
    lastChange = System.nanoTime();
    feed.changed(resource).ifPresent(progress);
    notifyAll();
  }

  private static String key(String kind, String name) {
    return kind + "/" + name;
  }

  /**
   * Waits for a resource to be as it shall.
   *
   * @throws IOException when nothing has changed for too long, or never will
   */
  synchronized JsonNode await(String kind, String name, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    while (true) {
      Optional<JsonNode> found = Optional.ofNullable(newest.get(key(kind, name))).filter(wanted);
      if (found.isPresent()) {
        return found.get();
      }
      if (!alive.getAsBoolean()) {
        throw new IOException("the controller has ended before " + kind + "/" + name + " was done");
      }
      if (System.nanoTime() - lastChange > TimeUnit.SECONDS.toNanos(patienceSeconds)) {
        throw new IOException(
            "nothing has changed for "
                + patienceSeconds
                + " s, and "
                + kind
                + "/"
                + name
                + " is not done");
      }
      wait(LOOK_MILLIS);
    }
  }

  /** The newest that was seen of a resource. */
  synchronized Optional<JsonNode> newest(String kind, String name) {
    return Optional.ofNullable(newest.get(key(kind, name)));
  }

  /** A condition of a resource. */
  static Optional<JsonNode> condition(JsonNode resource, String type) {
    for (JsonNode condition : resource.at("/status/conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }
}

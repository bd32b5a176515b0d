package dev.lettershop.store.view;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Which recommendations a claim brings along.
 *
 * @param model as its outputs are keyed, {@code namespace/name}
 * @param source of the catalogue
 * @param atMost for a person
 * @param maxPerCategory null for no limit
 * @param listed items to fill up with when popular ones do not suffice
 */
public record RecommendationView(
    String model,
    String source,
    Bought bought,
    int atMost,
    Integer maxPerCategory,
    List<String> listed) {
  public RecommendationView {
    Objects.requireNonNull(model);
    Objects.requireNonNull(source);
    Objects.requireNonNull(bought);
    listed = List.copyOf(listed);
  }

  /**
   * How is known what somebody bought.
   *
   * @param event that says who bought what
   * @param item property of the event that names the item
   * @param within how long nothing is recommended that was bought; null where it may be
   */
  public record Bought(String event, String item, Duration within) {}
}

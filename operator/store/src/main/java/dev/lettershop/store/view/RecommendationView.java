package dev.lettershop.store.view;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Which recommendations a claim brings along.
 *
 * @param model as its outputs are keyed, {@code namespace/name}
 * @param source of the catalogue
 * @param event that says who bought what
 * @param item property of the event that names the item
 * @param atMost for a person
 * @param maxPerCategory null for no limit
 * @param listed items to fill up with when popular ones do not suffice
 * @param exceptBoughtWithin how long nothing is recommended that was bought; null where it may be
 */
public record RecommendationView(
    String model,
    String source,
    String event,
    String item,
    int atMost,
    Integer maxPerCategory,
    List<String> listed,
    Duration exceptBoughtWithin) {
  public RecommendationView {
    Objects.requireNonNull(model);
    Objects.requireNonNull(source);
    listed = List.copyOf(listed);
  }
}

package dev.lettershop.plan;

import java.util.List;

/**
 * What fills the recommendations of a mail.
 *
 * @param model as its outputs are keyed, {@code namespace/name}
 * @param source ProfileSource of the catalogue
 * @param atMost items in one mail
 * @param maxPerCategory null for no limit
 * @param listed items to fill up with when popular ones do not suffice
 */
public record Recommendations(
    String model,
    String source,
    Bought bought,
    int atMost,
    Integer maxPerCategory,
    List<String> listed) {
  public Recommendations {
    listed = listed == null ? List.of() : List.copyOf(listed);
  }

  /**
   * How is known what somebody bought.
   *
   * @param event that says who bought what
   * @param item property of the event that names the item
   * @param within how long nothing is recommended that was bought, as in resources; null where it
   *     may be
   */
  public record Bought(String event, String item, String within) {}
}

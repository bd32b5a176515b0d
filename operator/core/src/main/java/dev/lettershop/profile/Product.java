package dev.lettershop.profile;

import java.util.Objects;

/**
 * Something that a shop sells, as its catalogue describes it.
 *
 * @param id what the shop calls it, never null
 * @param category what it is one of, or null
 * @param display what people see of it
 */
public record Product(String id, String category, Display display) {
  public Product {
    Objects.requireNonNull(id);
    Objects.requireNonNull(display);
  }

  /**
   * What people see of a product.
   *
   * @param name what people call it, or null
   * @param description one or two sentences, or null
   * @param url absolute address of its page, or null
   * @param imageUrl absolute address of its picture, or null
   * @param price in {@code currency}, or null
   * @param currency ISO 4217 code, or null
   */
  public record Display(
      String name,
      String description,
      String url,
      String imageUrl,
      Double price,
      String currency) {}
}

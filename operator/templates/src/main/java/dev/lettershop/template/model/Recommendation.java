package dev.lettershop.template.model;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.profile.Product;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that a model recommends to one recipient: an item of the list {@code recommendations}.
 *
 * @param id of the product, never null
 * @param name what the recipient calls it, or null
 * @param description one or two sentences, or null
 * @param url absolute address of its page, or null
 * @param imageUrl absolute address of its picture, or null
 * @param price in {@code currency}, or null
 * @param currency ISO 4217 code, or null
 */
public record Recommendation(
    String id,
    String name,
    String description,
    String url,
    String imageUrl,
    Double price,
    String currency) {

  /** What is shown of a product. */
  public static Recommendation of(Product product) {
    Product.Display display = product.display();
    return new Recommendation(
        product.id(),
        display.name(),
        display.description(),
        display.url(),
        display.imageUrl(),
        display.price(),
        display.currency());
  }

  /** What a template can name of it. */
  static final Map<String, AttributeType> FIELDS = fields();

  private static Map<String, AttributeType> fields() {
    Map<String, AttributeType> fields = new LinkedHashMap<>();
    fields.put("id", AttributeType.String);
    fields.put("name", AttributeType.String);
    fields.put("description", AttributeType.String);
    fields.put("url", AttributeType.String);
    fields.put("image_url", AttributeType.String);
    fields.put("price", AttributeType.Double);
    fields.put("currency", AttributeType.String);
    return Collections.unmodifiableMap(fields);
  }

  /** By the names of {@link #FIELDS}, all of them: an absent one must not be looked up outside. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("name", name);
    map.put("description", description);
    map.put("url", url);
    map.put("image_url", imageUrl);
    map.put("price", price);
    map.put("currency", currency);
    return map;
  }
}

package dev.lettershop.worker.preview;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values that look like what a field is called: a product for {@code product}, not "product". */
final class ExampleValues {
  /** What a name ends in or is, and what such a text looks like; the first that fits. */
  private static final List<Map.Entry<String, String>> TEXTS =
      List.of(
          Map.entry("email", SyntheticProfiles.EMAIL),
          Map.entry(
              "image|image_url|img|picture|photo|thumbnail",
              "https://images.shop.example/trail-jacket.jpg"),
          Map.entry("url|link|href", "https://shop.example/p/trail-jacket"),
          Map.entry("page|path", "/jackets"),
          Map.entry("first_name|firstname", "Ada"),
          Map.entry("last_name|lastname|surname", "Example"),
          Map.entry("product|item|product_name|title|name|article", "Trail jacket"),
          Map.entry("products|items|articles", "Trail jacket, Merino socks"),
          Map.entry(
              "description|detail|details|text|summary", "Keeps the rain out and weighs nothing."),
          Map.entry("category|department|collection", "Jackets"),
          Map.entry("brand|vendor|maker", "Acme"),
          Map.entry("sku|id|code|number|reference|key", "A-1042"),
          Map.entry("coupon|voucher", "WELCOME10"),
          Map.entry("currency", "EUR"),
          Map.entry("colour|color", "Pine green"),
          Map.entry("size|variant", "M"),
          Map.entry("city|town|store|shop", "Boston"),
          Map.entry("country", "Italy"),
          Map.entry("street|address", "1 Main Street"),
          Map.entry("zip|postcode|postal_code", "02108"),
          Map.entry("phone|tel|mobile", "+1 555 0100"),
          Map.entry("carrier|shipper", "Parcel Post"),
          Map.entry("status|state", "shipped"),
          Map.entry("reason", "The size did not fit"),
          Map.entry("plan|tier|level", "Gold"),
          Map.entry("language|locale", "en"));

  private static final List<Map.Entry<String, Double>> NUMBERS =
      List.of(
          Map.entry("price|total|amount|value|revenue|subtotal|sum|spent", 129.0),
          Map.entry("discount|saving|percent", 15.0),
          Map.entry("rating|stars|score", 4.5),
          Map.entry("quantity|count|items|pieces|number", 2.0),
          Map.entry("points|balance", 340.0),
          Map.entry("shipping|tax|fee", 4.9),
          Map.entry("days|nights", 3.0));

  private final Instant now;

  ExampleValues(Instant now) {
    this.now = now;
  }

  Object of(String name, AttributeType type) {
    return switch (type) {
      case String -> text(name);
      case Boolean -> true;
      case Integer -> Math.round(number(name, 2));
      case Double -> number(name, 49.9);
      case Timestamp -> soon(name) ? now.plus(Duration.ofDays(2)) : now.minus(Duration.ofDays(2));
      case StringList -> List.of(text(name), "Merino socks");
    };
  }

  private static String text(String name) {
    return TEXTS.stream()
        .filter(known -> fits(name, known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> spoken(name));
  }

  private static double number(String name, double otherwise) {
    return NUMBERS.stream()
        .filter(known -> fits(name, known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  private static boolean fits(String name, String words) {
    return name.toLowerCase(Locale.ROOT).matches("(?:.*_)?(?:" + words + ")");
  }

  /** Of what is still to come. */
  private static boolean soon(String name) {
    return name.matches(".*(?:delivery|expires|expiry|due|until|ends|arrival|next).*");
  }

  /** {@code delivery_slot} as "Delivery slot". */
  private static String spoken(String name) {
    String words = name.replace('_', ' ').strip();
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}

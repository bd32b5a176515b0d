package dev.lettershop.collector.mapping;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names as stores declare them, of names as clients write them. */
final class NameMapping {
  private NameMapping() {}

  /** {@code product_viewed} of {@code Product Viewed}, {@code first_name} of {@code firstName}. */
  static String snake(String name) {
    StringBuilder snake = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        separate(snake);
      } else {
        boolean hump =
            Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1));
        if (hump) {
          separate(snake);
        }
        snake.append(Character.toLowerCase(c));
      }
    }
    String text = snake.toString().toLowerCase(Locale.ROOT);
    return text.endsWith("_") ? text.substring(0, text.length() - 1) : text;
  }

  private static void separate(StringBuilder snake) {
    if (!snake.isEmpty() && snake.charAt(snake.length() - 1) != '_') {
      snake.append('_');
    }
  }

  /** The same fields, also by their names in this spelling where nothing else is called so. */
  static Map<String, Object> both(Map<String, Object> fields) {
    Map<String, Object> both = new HashMap<>(fields);
    fields.forEach((name, value) -> both.putIfAbsent(snake(name), value));
    return both;
  }
}

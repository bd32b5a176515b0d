package dev.lettershop.source.clean;

import dev.lettershop.profile.PlainText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes values of undeclared fields fit for PostgreSQL's text and jsonb. */
public final class Storable {
  private Storable() {}

  /** The same value; in its text, what cannot be stored (NUL, half characters) is U+FFFD. */
  public static Object of(Object value) {
    if (value instanceof String text) {
      return text(PlainText.of(text));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> fit = new LinkedHashMap<>();
      map.forEach((key, element) -> fit.put(text(String.valueOf(key)), of(element)));
      return fit;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Storable::of).toList();
    }
    boolean infinite = value instanceof Double number && !Double.isFinite(number);
    return infinite ? value.toString() : value;
  }

  public static String text(String text) {
    if (faultAt(text) < 0) {
      return text;
    }
    StringBuilder fit = new StringBuilder(text);
    for (int at = faultAt(fit); at >= 0; at = faultAt(fit)) {
      fit.setCharAt(at, '\uFFFD');
    }
    return fit.toString();
  }

  /** Where the first code unit stands that cannot be stored, or -1. */
  static int faultAt(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}

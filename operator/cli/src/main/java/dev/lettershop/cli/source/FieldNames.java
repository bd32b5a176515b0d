package dev.lettershop.cli.source;

import dev.lettershop.source.describe.SampledField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds fields by their names, and writes mappings. */
final class FieldNames {
  private FieldNames() {}

  /**
   * The first field that is called so, or null.
   *
   * @param names in lower case, of letters and digits alone
   */
  static SampledField first(List<SampledField> fields, Set<String> names) {
    return fields.stream().filter(field -> names.contains(plain(field))).findFirst().orElse(null);
  }

  private static String plain(SampledField field) {
    String name = field.path().get(field.path().size() - 1);
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** CEL that says whether a field has a value. */
  static String isFilled(SampledField field) {
    return "string(" + field.cel() + ") != ''";
  }

  static Map<String, Object> mapped(String to, String value) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("to", to);
    one.put("value", value);
    return one;
  }
}

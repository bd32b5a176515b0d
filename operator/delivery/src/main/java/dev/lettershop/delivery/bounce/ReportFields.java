package dev.lettershop.delivery.bounce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The groups of fields of a report (RFC 3464 section 2.1, RFC 5965 section 3). */
final class ReportFields {
  private ReportFields() {}

  /** Field values by name in lower case, the first of each name, for each group that has any. */
  static List<Map<String, String>> groups(String text) {
    List<Map<String, String>> groups = new ArrayList<>();
    for (String group : text.replace("\r\n", "\n").split("\n[ \t]*\n")) {
      Map<String, String> fields = new LinkedHashMap<>();
      for (String field : group.split("\n(?![ \t])")) {
        int colon = field.indexOf(':');
        if (colon > 0) {
          fields.putIfAbsent(
              field.substring(0, colon).strip().toLowerCase(Locale.ROOT),
              field.substring(colon + 1).replaceAll("\\s+", " ").strip());
        }
      }
      if (!fields.isEmpty()) {
        groups.add(fields);
      }
    }
    return groups;
  }

  /** {@code rfc822; ada@example.com} without its type (RFC 3464 section 2.1.2). */
  static String address(String typed) {
    if (typed == null) {
      return null;
    }
    String plain = typed.substring(typed.indexOf(';') + 1).strip();
    return plain.startsWith("<") && plain.endsWith(">")
        ? plain.substring(1, plain.length() - 1)
        : plain;
  }
}

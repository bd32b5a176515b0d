package dev.lettershop.template.html.mjml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The elements of a mail's body with the attributes that count for them: their own, those of their
 * classes, those that the head sets for their kind, those that it sets for all.
 */
final class MjmlAttributes {
  private final Map<String, Map<String, String>> byElement = new HashMap<>();
  private final Map<String, Map<String, String>> byClass = new HashMap<>();
  private final List<MjmlTag> body = new ArrayList<>();

  MjmlAttributes(List<MjmlTag> tags) {
    boolean defaults = false;
    boolean inBody = false;
    for (MjmlTag tag : tags) {
      inBody |= tag.name().equals("mj-body");
      if (tag.name().equals("mj-attributes")) {
        defaults = !tag.closing() && !tag.empty();
      } else if (defaults && tag.name().equals("mj-class")) {
        byClass.put(tag.attribute("name", ""), all(tag));
      } else if (defaults) {
        byElement.computeIfAbsent(tag.name(), name -> new HashMap<>()).putAll(all(tag));
      } else if (inBody && !tag.closing()) {
        body.add(tag);
      }
    }
  }

  private static Map<String, String> all(MjmlTag tag) {
    Map<String, String> all = new HashMap<>();
    tag.attributes().forEach(attribute -> all.put(attribute.name(), attribute.value()));
    return all;
  }

  /** Elements of that name in the body, in order. */
  List<MjmlTag> named(String name) {
    return body.stream().filter(tag -> tag.name().equals(name)).toList();
  }

  /** Null when nothing says. */
  String of(MjmlTag tag, String attribute) {
    String value = tag.attribute(attribute, null);
    for (String name : tag.attribute("mj-class", "").split("\\s++")) {
      value = value != null ? value : byClass.getOrDefault(name, Map.of()).get(attribute);
    }
    if (value == null) {
      value = byElement.getOrDefault(tag.name(), Map.of()).get(attribute);
    }
    return value != null ? value : byElement.getOrDefault("mj-all", Map.of()).get(attribute);
  }
}

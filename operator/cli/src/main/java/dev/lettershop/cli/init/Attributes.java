package dev.lettershop.cli.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a store has to know for several sources: the attributes of all, and the events with the
 * properties of all.
 */
record Attributes(List<Map<String, Object>> attributes, List<Map<String, Object>> events) {
  private static final String NAME = "name";
  private static final String TYPE = "type";
  private static final Set<Object> NUMBERS = Set.of("Integer", "Double");

  static Attributes of(List<Study> studies) {
    Map<String, Map<String, Object>> attributes = new LinkedHashMap<>();
    Map<String, Map<String, Map<String, Object>>> events = new TreeMap<>();
    for (Study study : studies) {
      study.proposal().attributes().forEach(attribute -> merge(attributes, attribute));
      for (Map<String, Object> event : study.proposal().events()) {
        Map<String, Map<String, Object>> known =
            events.computeIfAbsent((String) event.get(NAME), name -> new LinkedHashMap<>());
        properties(event).forEach(property -> merge(known, property));
      }
    }
    List<Map<String, Object>> all = new ArrayList<>();
    events.forEach(
        (name, properties) -> {
          Map<String, Object> event = new LinkedHashMap<>();
          event.put(NAME, name);
          event.put("properties", List.copyOf(properties.values()));
          all.add(event);
        });
    return new Attributes(List.copyOf(attributes.values()), all);
  }

  @SuppressWarnings("unchecked") // as proposals make them
  private static List<Map<String, Object>> properties(Map<String, Object> event) {
    return (List<Map<String, Object>>) event.get("properties");
  }

  private static void merge(Map<String, Map<String, Object>> known, Map<String, Object> attribute) {
    known.merge(
        (String) attribute.get(NAME),
        attribute,
        (one, other) -> {
          Map<String, Object> both = new LinkedHashMap<>(one);
          both.putAll(other);
          both.put(TYPE, common(one.get(TYPE), other.get(TYPE)));
          return both;
        });
  }

  /** The type that takes the values of both. */
  private static Object common(Object one, Object other) {
    if (one.equals(other)) {
      return one;
    }
    return NUMBERS.contains(one) && NUMBERS.contains(other) ? "Double" : "String";
  }

  /** Type of an attribute by its name. */
  Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    attributes.forEach(one -> types.put((String) one.get(NAME), (String) one.get(TYPE)));
    return types;
  }

  List<String> eventNames() {
    return events.stream().map(event -> (String) event.get(NAME)).toList();
  }
}

package dev.lettershop.source.describe;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What one field of a sample says has happened, with the fields of the records that say it. */
final class SampledEvents {
  private static final int MOST_EVENTS = 200;

  /**
   * What a field that names events is called, in lower case without punctuation, the likeliest
   * first. Where another one does, {@code name} is that of a product and {@code type} that of a
   * call.
   */
  private static final List<String> FIELDS =
      List.of("event", "eventname", "eventtype", "name", "type");

  private static final Pattern EVENT_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /** The same as people write it: {@code Order Completed}. */
  private static final Pattern SPOKEN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_ .-]{0,62}");

  /** A text that comes less often may be data rather than the name of an event. */
  private static final int OFTEN = 2;

  private final Map<String, Map<List<String>, SampledField>> events = new TreeMap<>();
  private final Map<String, Long> spoken = new TreeMap<>();
  private long records;

  /** The field of a record that names what has happened; null when none does. */
  static String field(Map<String, Object> found) {
    return found.entrySet().stream()
        .filter(field -> FIELDS.contains(plain(field.getKey())))
        .filter(
            field -> field.getValue() instanceof String text && SPOKEN_NAME.matcher(text).matches())
        .map(Map.Entry::getKey)
        .min(Comparator.comparingInt(field -> FIELDS.indexOf(plain(field))))
        .orElse(null);
  }

  private static String plain(String field) {
    return field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  void take(String text, Map<String, Object> found) {
    records++;
    String name = text.toLowerCase(Locale.ROOT).replaceAll("[ .-]", "_");
    if (events.size() >= MOST_EVENTS && !events.containsKey(name)) {
      return;
    }
    if (EVENT_NAME.matcher(text).matches()) {
      spoken.remove(name);
    } else if (spoken.containsKey(name) || !events.containsKey(name)) {
      spoken.merge(name, 1L, Long::sum);
    }
    SourceSampler.take(
        events.computeIfAbsent(name, key -> new LinkedHashMap<>()), List.of(), found);
  }

  /** How many records name an event by this field. */
  long records() {
    return records;
  }

  /** The fields of the records of each event, by its name. */
  Map<String, List<SampledField>> events() {
    Map<String, List<SampledField>> named = new TreeMap<>();
    events.forEach(
        (name, fields) -> {
          if (spoken.getOrDefault(name, (long) OFTEN) >= OFTEN) {
            named.put(name, List.copyOf(fields.values()));
          }
        });
    return named;
  }

  /** Whether any name is written in another way than an event is called. */
  boolean areSpoken() {
    return spoken.values().stream().anyMatch(count -> count >= OFTEN);
  }
}

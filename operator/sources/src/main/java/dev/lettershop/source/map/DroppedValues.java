package dev.lettershop.source.map;

import dev.lettershop.source.clean.Converted;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Leaves out of a record the values that cannot be used, where that is the field's policy, and
 * counts them: a bad telephone number must not cost the person. Not thread-safe.
 */
public final class DroppedValues {
  private final Map<String, Dropped> found = new TreeMap<>();
  private final Set<String> limited = new TreeSet<>();

  /** The value of a field, or nothing or its default where that is the policy. */
  Converted kept(Field field, String position, Map<String, Object> record) {
    Converted value = field.of(record);
    if (!(value instanceof Converted.Invalid invalid) || !field.onInvalid().keepsRecord()) {
      return value;
    }
    drop(field.name(), position, invalid.reason());
    if (field.onInvalid().isLimited()) {
      limited.add(field.name());
    }
    return field.instead();
  }

  /** Counts a value that was left out. */
  void drop(String field, String position, String reason) {
    InvalidRecord place = new InvalidRecord(position, field, reason);
    found.merge(field, new Dropped(1, place), Dropped::plus);
  }

  /** What was dropped since this was asked last, by field. */
  public Map<String, Dropped> take() {
    Map<String, Dropped> taken = new TreeMap<>(found);
    found.clear();
    return taken;
  }

  /** Whether so many dropped values of a field would mean that its whole column is misread. */
  public boolean isLimited(String field) {
    return limited.contains(field);
  }
}

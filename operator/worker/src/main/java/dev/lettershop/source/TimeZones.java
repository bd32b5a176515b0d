package dev.lettershop.source;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Finds a time zone of the IANA database whatever the case and spaces in its name. */
final class TimeZones {
  private final Map<String, String> idByName = new HashMap<>();

  TimeZones() {
    ZoneId.getAvailableZoneIds().forEach(id -> idByName.put(id.toLowerCase(Locale.ROOT), id));
  }

  Converted normalise(String text) {
    String id = idByName.get(text.replace(' ', '_').toLowerCase(Locale.ROOT));
    return id == null
        ? Converted.invalid("is no IANA time zone such as America/New_York")
        : Converted.of(id);
  }
}

package dev.lettershop.source.clean;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Finds a time zone of the IANA database whatever the case and spaces in its name, and gives the
 * current name of those that have been renamed (the database's file {@code backward}; those that
 * exports still have).
 */
final class TimeZones {
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("US/Eastern", "America/New_York"),
          Map.entry("US/Central", "America/Chicago"),
          Map.entry("US/Mountain", "America/Denver"),
          Map.entry("US/Pacific", "America/Los_Angeles"),
          Map.entry("US/Arizona", "America/Phoenix"),
          Map.entry("US/Alaska", "America/Anchorage"),
          Map.entry("US/Hawaii", "Pacific/Honolulu"),
          Map.entry("Canada/Atlantic", "America/Halifax"),
          Map.entry("Canada/Eastern", "America/Toronto"),
          Map.entry("Canada/Central", "America/Winnipeg"),
          Map.entry("Canada/Mountain", "America/Edmonton"),
          Map.entry("Canada/Pacific", "America/Vancouver"),
          Map.entry("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
          Map.entry("Brazil/East", "America/Sao_Paulo"),
          Map.entry("GB", "Europe/London"),
          Map.entry("Eire", "Europe/Dublin"),
          Map.entry("Poland", "Europe/Warsaw"),
          Map.entry("Portugal", "Europe/Lisbon"),
          Map.entry("Turkey", "Europe/Istanbul"),
          Map.entry("Europe/Kiev", "Europe/Kyiv"),
          Map.entry("Asia/Calcutta", "Asia/Kolkata"),
          Map.entry("Asia/Katmandu", "Asia/Kathmandu"),
          Map.entry("Asia/Rangoon", "Asia/Yangon"),
          Map.entry("Asia/Saigon", "Asia/Ho_Chi_Minh"),
          Map.entry("Hongkong", "Asia/Hong_Kong"),
          Map.entry("Israel", "Asia/Jerusalem"),
          Map.entry("Japan", "Asia/Tokyo"),
          Map.entry("Singapore", "Asia/Singapore"),
          Map.entry("NZ", "Pacific/Auckland"),
          Map.entry("Etc/UTC", "UTC"),
          Map.entry("Zulu", "UTC"));

  private final Map<String, String> idByName = new HashMap<>();

  TimeZones() {
    ZoneId.getAvailableZoneIds().forEach(id -> idByName.put(key(id), RENAMED.getOrDefault(id, id)));
  }

  Converted normalise(String text) {
    String id = idByName.get(key(text.replace(' ', '_')));
    return id == null
        ? Converted.invalid("is not an IANA time zone such as America/New_York")
        : Converted.of(id);
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}

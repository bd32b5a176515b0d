package dev.lettershop.controller.cluster;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which namespaces are watched.
 *
 * @param names empty for all
 */
public record Namespaces(Set<String> names) {
  /** What stands for all namespaces in a setting. */
  public static final String ALL = "*";

  public Namespaces {
    names = Set.copyOf(names);
  }

  /**
   * Reads a setting: names with commas between, or {@value #ALL}.
   *
   * @param setting null or blank for the own namespace only
   */
  public static Namespaces of(String setting, String own) {
    if (setting == null || setting.isBlank()) {
      return new Namespaces(Set.of(own));
    }
    Set<String> names = new TreeSet<>();
    Arrays.stream(setting.split(","))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .forEach(names::add);
    return names.contains(ALL) ? new Namespaces(Set.of()) : new Namespaces(names);
  }

  public boolean isAll() {
    return names.isEmpty();
  }
}

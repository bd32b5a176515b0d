package dev.lettershop.cli.output;

import dev.lettershop.profile.Profile;
import dev.lettershop.profile.ProfileSchema;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One person as a command shows it.
 *
 * @param profile number in the store
 * @param attributes as text, by name; covered where they are personal and nobody asked for them
 */
public record ShownPerson(long profile, Map<String, Object> attributes) {
  private static final String COVERED = "…";

  /**
   * @param clear whether personal data are shown
   */
  public static ShownPerson of(long number, Profile profile, ProfileSchema schema, boolean clear) {
    Map<String, Object> shown = new TreeMap<>();
    profile
        .attributes()
        .forEach(
            (name, value) -> {
              boolean personal = name.equals("email") || schema.attributes().get(name).pii();
              shown.put(name, personal && !clear ? COVERED : String.valueOf(value));
            });
    return new ShownPerson(number, shown);
  }

  /** Prints them for people, one attribute a line. */
  public static void print(List<ShownPerson> people, PrintWriter out) {
    for (ShownPerson person : people) {
      out.println("profile " + person.profile());
      person.attributes().forEach((name, value) -> out.println("  " + name + ": " + value));
    }
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "ShownPerson[" + profile + "]";
  }
}

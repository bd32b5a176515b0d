package dev.lettershop.schedule;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One field of a cron expression: its bounds, its names, and how it is read. */
record CronField(String name, int min, int max, List<String> names) {
  /** Go reads a leading plus, and no digits but ASCII's. */
  private static final Pattern NUMBER = Pattern.compile("[+]?[0-9]{1,9}");

  /**
   * The values that a field allows.
   *
   * @param bits one for each value
   * @param any whether it was written as a star (or question mark) without a step
   */
  record Values(long bits, boolean any) {
    boolean has(int value) {
      return (bits & 1L << value) != 0;
    }
  }

  /**
   * @throws IllegalArgumentException when it is not of the grammar
   */
  Values parse(String text) {
    long bits = 0;
    boolean any = false;
    for (String range : text.split(",")) {
      if (!range.isEmpty()) {
        Values values = range(range);
        bits |= values.bits();
        any |= values.any();
      }
    }
    return new Values(bits, any);
  }

  private Values range(String text) {
    String[] rangeAndStep = text.split("/", -1);
    String[] ends = rangeAndStep[0].split("-", -1);
    boolean star = ends[0].equals("*") || ends[0].equals("?");
    if (rangeAndStep.length > 2) {
      throw wrong(text, "has too many slashes");
    }
    if (!star && ends.length > 2) {
      throw wrong(text, "has too many hyphens");
    }
    int start = star ? min : value(ends[0], text);
    int end = star ? max : value(ends[ends.length - 1], text);
    int step = 1;
    if (rangeAndStep.length == 2) {
      step = number(rangeAndStep[1], text);
      end = ends.length == 1 ? max : end;
    }
    if (start < min || end > max) {
      throw wrong(text, "must be from " + min + " to " + max);
    }
    if (start > end) {
      throw wrong(text, "ends before it begins");
    }
    if (step == 0) {
      throw wrong(text, "must have a step of at least 1");
    }
    long bits = 0;
    for (long value = start; value <= end; value += step) {
      bits |= 1L << value;
    }
    return new Values(bits, star && step == 1);
  }

  private int value(String text, String whole) {
    int index = names.indexOf(text.toLowerCase(Locale.ROOT));
    return index >= 0 ? index + min : number(text, whole);
  }

  private int number(String text, String whole) {
    if (NUMBER.matcher(text).matches()) {
      return Integer.parseInt(text);
    }
    throw wrong(
        whole,
        names.isEmpty()
            ? "must be made of numbers"
            : "must be made of numbers or names such as " + names.get(1).toUpperCase(Locale.ROOT));
  }

  private IllegalArgumentException wrong(String text, String fault) {
    return new IllegalArgumentException("the " + name + " " + text + " " + fault);
  }
}

package dev.lettershop.worker.report;

import dev.lettershop.insight.report.Rate;
import io.quarkus.qute.RawString;
import java.util.Locale;

/**
 * Drawings beside the numbers of a table, as SVG that is as wide as its cell. They say nothing that
 * the number does not say, so they are hidden from those who listen.
 */
final class Bar {
  private static final String OPEN =
      "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";

  private Bar() {}

  /**
   * A bar.
   *
   * @param share 0 to 1 of the width
   */
  static RawString of(double share) {
    return of(share, 0);
  }

  /**
   * The same with a hatched part behind it.
   *
   * @param machines 0 to 1, of the width
   */
  static RawString of(double share, double machines) {
    double width = clip(share);
    String hatched =
        machines <= 0
            ? ""
            : "<rect class=\"machine\" x=\"%s\" y=\"1\" width=\"%s\" height=\"8\"/>"
                .formatted(number(width), number(clip(share + machines) - width));
    return new RawString(
        OPEN
            + "<rect class=\"whole\" y=\"1\" width=\"100\" height=\"8\"/><rect class=\"part\" y=\"1\" width=\""
            + number(width)
            + "\" height=\"8\"/>"
            + hatched
            + "</svg>");
  }

  /**
   * An interval with its estimate.
   *
   * @param scale the rate at the right end, over 0
   * @param from the low end of a grey band, or not over {@code to} for none
   */
  static RawString interval(Rate rate, double scale, double from, double to) {
    if (rate == null || rate.rate() == null) {
      return new RawString("");
    }
    String band =
        to < from
            ? ""
            : "<rect class=\"band\" x=\"%s\" width=\"%s\" height=\"10\"/>"
                .formatted(
                    number(clip(from / scale)),
                    number(Math.max(0.5, clip(to / scale) - clip(from / scale))));
    return new RawString(
        OPEN
            + band
            + line("range", clip(rate.low() / scale), clip(rate.high() / scale))
            + line("dot", clip(rate.rate() / scale), clip(rate.rate() / scale))
            + "</svg>");
  }

  private static String line(String name, double from, double to) {
    return "<path class=\"%s\" d=\"M%s 5H%s\"/>".formatted(name, number(from), number(to + 0.001));
  }

  private static double clip(double share) {
    return Math.max(0, Math.min(1, share)) * 100;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
  }
}

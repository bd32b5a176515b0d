package dev.lettershop.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws lines over two logarithmic axes, so that what is linear has a slope of one. */
final class LogPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;
  private static final int MARGIN = 70;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#c44536", "#2a7f4f", "#7a4fa3");

  private LogPlot() {}

  /**
   * @param series points (x, y), both above 0, by the name of the line
   */
  static String svg(String title, Map<String, Map<Long, Double>> series) {
    double minX = bound(series, true, true);
    double maxX = bound(series, true, false);
    double minY = bound(series, false, true);
    double maxY = bound(series, false, false);
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"13\">%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                + "<text x=\"%d\" y=\"28\" font-size=\"16\">%s</text>%n",
            WIDTH,
            HEIGHT,
            MARGIN,
            title));
    for (double x = minX; x <= maxX * 1.01; x *= 10) {
      double at = place(x, minX, maxX, MARGIN, WIDTH - MARGIN);
      line(svg, at, MARGIN, at, HEIGHT - MARGIN);
      label(svg, at - 20, HEIGHT - MARGIN + 20, String.format(Locale.ROOT, "%,.0f", x));
    }
    for (double y = minY; y <= maxY * 1.01; y *= 10) {
      double at = place(y, minY, maxY, HEIGHT - MARGIN, MARGIN);
      line(svg, MARGIN, at, WIDTH - MARGIN, at);
      label(svg, 12, at + 4, String.format(Locale.ROOT, "%.3g s", y));
    }
    int number = 0;
    for (Map.Entry<String, Map<Long, Double>> entry : series.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder points = new StringBuilder();
      entry
          .getValue()
          .forEach(
              (x, y) ->
                  points.append(
                      String.format(
                          Locale.ROOT,
                          "%.1f,%.1f ",
                          place(x, minX, maxX, MARGIN, WIDTH - MARGIN),
                          place(y, minY, maxY, HEIGHT - MARGIN, MARGIN))));
      svg.append(
          String.format(
              Locale.ROOT,
              "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" points=\"%s\"/>%n"
                  + "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
              colour,
              points.toString().strip(),
              MARGIN + 16,
              MARGIN + 20 + 18 * number,
              colour,
              entry.getKey()));
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  /** The power of ten at or beyond the outermost value. */
  private static double bound(
      Map<String, Map<Long, Double>> series, boolean horizontal, boolean lowest) {
    var values =
        series.values().stream()
            .flatMap(points -> points.entrySet().stream())
            .mapToDouble(p -> Math.log10(horizontal ? p.getKey() : p.getValue()));
    double exponent =
        lowest ? Math.floor(values.min().orElseThrow()) : Math.ceil(values.max().orElseThrow());
    return Math.pow(10, exponent);
  }

  private static double place(double value, double min, double max, double from, double to) {
    double share = Math.log10(value / min) / Math.log10(Math.max(10, max / min));
    return from + share * (to - from);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
            x1,
            y1,
            x2,
            y2));
  }

  private static void label(StringBuilder svg, double x, double y, String text) {
    svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n", x, y, text));
  }
}

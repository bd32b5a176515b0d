package dev.lettershop.bench;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A line over a few measured points, as SVG: zero is at the bottom, points are equally apart. */
final class SvgPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 80;
  private static final int BOTTOM = 50;
  private static final int TOP = 40;

  private final String title;
  private final String across;
  private final SortedMap<Integer, Double> points = new TreeMap<>();

  SvgPlot(String title, String across) {
    this.title = title;
    this.across = across;
  }

  void add(int x, double y) {
    points.put(x, y);
  }

  String svg() {
    double most = points.values().stream().mapToDouble(y -> y).max().orElse(1) * 1.1;
    StringBuilder marks = new StringBuilder();
    StringBuilder line = new StringBuilder();
    int index = 0;
    for (Map.Entry<Integer, Double> point : points.entrySet()) {
      double x = LEFT + (WIDTH - LEFT - 40.0) * index++ / Math.max(1, points.size() - 1);
      double y = HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * point.getValue() / most;
      line.append(format("%.1f,%.1f ", x, y));
      marks.append(format("<circle cx='%.1f' cy='%.1f' r='4' fill='#1f6feb'/>", x, y));
      marks.append(text(x, y - 10, format("%,.0f", point.getValue())));
      marks.append(text(x, HEIGHT - BOTTOM + 20, String.valueOf(point.getKey())));
    }
    return format(
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'"
                + " font-family='sans-serif' font-size='13'>",
            WIDTH, HEIGHT)
        + "<rect width='100%' height='100%' fill='white'/>"
        + text(WIDTH / 2.0, 22, title)
        + text(WIDTH / 2.0, HEIGHT - 10, across)
        + format(
            "<path d='M%d %d V%d H%d' fill='none' stroke='#666'/>",
            LEFT - 20, TOP, HEIGHT - BOTTOM, WIDTH - 20)
        + "<polyline fill='none' stroke='#1f6feb' stroke-width='2' points='"
        + line.toString().strip()
        + "'/>"
        + marks
        + "</svg>\n";
  }

  private static String text(double x, double y, String text) {
    return format("<text x='%.1f' y='%.1f' text-anchor='middle'>%s</text>", x, y, text);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

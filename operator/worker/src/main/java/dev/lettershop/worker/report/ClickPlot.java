package dev.lettershop.worker.report;

import dev.lettershop.insight.report.Report;
import dev.lettershop.insight.report.Words;
import io.quarkus.qute.RawString;
import java.util.List;
import java.util.Locale;

/**
 * When people clicked, drawn as SVG: a bar for each hour or day, and how many have clicked by then
 * as a line.
 *
 * @param most the number at the top of the bars
 * @param all the number at the top of the line
 */
record ClickPlot(RawString svg, long most, long all, String last) {
  private static final int HEIGHT = 100;

  /** Null when nobody has clicked. */
  static ClickPlot of(Report.Clicks clicks) {
    List<Report.Moment> moments = clicks.moments();
    long most = moments.stream().mapToLong(Report.Moment::clicked).max().orElse(0);
    if (most == 0) {
      return null;
    }
    long all = moments.get(moments.size() - 1).sofar();
    double width = 100.0 / moments.size();
    StringBuilder bars = new StringBuilder();
    StringBuilder line = new StringBuilder("M0 " + HEIGHT);
    for (int i = 0; i < moments.size(); i++) {
      double high = (double) HEIGHT * moments.get(i).clicked() / most;
      if (high > 0) {
        bars.append(
            format(
                "<rect class=\"part\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>",
                i * width + width * 0.1, HEIGHT - high, width * 0.8, high));
      }
      line.append(
          format(
              "L%.2f %.2f",
              (i + 1) * width, HEIGHT - HEIGHT * (double) moments.get(i).sofar() / all));
    }
    String unit = clicks.unit().toLowerCase(Locale.ROOT);
    String svg =
        "<svg class=\"plot\" viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" role=\"img\""
            + " aria-labelledby=\"clicks-title clicks-about\"><title id=\"clicks-title\">First clicks by "
            + unit
            + "</title><desc id=\"clicks-about\">Bars: people who clicked first in that "
            + unit
            + ", at most "
            + Words.count(most)
            + ". Line: people who have clicked by then, "
            + Words.count(all)
            + " at the end. The numbers stand in the table below.</desc><path class=\"axis\" d=\"M0 "
            + HEIGHT
            + "H100\"/>"
            + bars
            + "<path class=\"sofar\" d=\""
            + line
            + "\"/></svg>";
    return new ClickPlot(
        new RawString(svg), most, all, unit + " " + (moments.get(moments.size() - 1).from() + 1));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

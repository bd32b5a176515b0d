package dev.lettershop.cli.model;

import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.GroupSize;
import dev.lettershop.api.v1alpha1.model.ModelFigures;
import dev.lettershop.models.Evaluation;
import dev.lettershop.models.Judgement;
import dev.lettershop.models.learn.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page about a version of a model: figures and plots in one file, without script. */
final class ModelPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
        :root { color-scheme: light dark; --ink: #1d2430; --soft: #5b6675; --bar: #3b6fb6;
          --line: #d5dae1; --paper: #ffffff; --warn: #b6523b; }
        @media (prefers-color-scheme: dark) { :root { --ink: #eceff4; --soft: #a3adbb;
          --bar: #7fa8e0; --line: #3a4350; --paper: #171b21; --warn: #e08a72; } }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
          max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
        h1, h2 { line-height: 1.25; } h2 { margin-top: 2.5rem; font-size: 1.2rem; }
        p { color: var(--soft); max-width: 44rem; }
        svg { width: 100%%; height: auto; }
        svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
        .bar { fill: var(--bar); } .warn { fill: var(--warn); }
        .line { stroke: var(--line); fill: none; }
        .said { stroke: var(--bar); fill: none; stroke-width: 2; }
        svg .soft { fill: var(--soft); }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      """;

  private static final double DRIFTED = 0.25;
  private static final int ROW = 26;
  private static final int NAMES = 190;
  private static final int WIDTH = 640;
  private static final int SQUARE = 320;
  private static final int LEFT = 50;

  private final StringBuilder html = new StringBuilder();

  private ModelPage() {}

  static String of(String model, Evaluation evaluation) {
    ModelPage page = new ModelPage();
    page.html.append(HEAD.formatted(escaped("Model " + model)));
    page.write(evaluation);
    return page.html.append("</body>\n</html>\n").toString();
  }

  private void write(Evaluation evaluation) {
    Judgement judgement = evaluation.report().judgement();
    text(
        judgement.algorithm()
            + (judgement.isGood()
                ? ", good enough to be used. "
                : ", NOT good enough: " + judgement.refusal() + ". ")
            + figures(judgement.figures()));
    if (!judgement.calibration().isEmpty()) {
      title(
          "Calibration",
          "Each point is a tenth of the people: what was said, and what came. On the line, chances"
              + " mean what they say.");
      calibration(judgement.calibration());
    }
    List<Bar> importance = new ArrayList<>();
    judgement.features().stream()
        .filter(feature -> feature.importance() != null)
        .forEach(f -> importance.add(new Bar(f.name(), Double.parseDouble(f.importance()), false)));
    bars("Importance", "By how much the AUC falls when a feature says nothing.", importance, 3);
    List<Bar> drift = new ArrayList<>();
    for (FeatureFigures feature : evaluation.survey().drift()) {
      double value = Double.parseDouble(feature.drift());
      drift.add(new Bar(feature.name(), value, value > DRIFTED));
    }
    bars(
        "Drift",
        "How differently people are spread over a feature now from those that were learnt from. Below"
            + " 0.1 is steady, above 0.25 has changed.",
        drift,
        3);
    List<Bar> sizes = new ArrayList<>();
    for (GroupSize size : evaluation.survey().sizes()) {
      sizes.add(new Bar(size.name(), size.size(), false));
    }
    bars(
        "People",
        judgement.calibration().isEmpty()
            ? "How many would be in each group now."
            : "How many would have a score from here to the next tenth now.",
        sizes,
        0);
  }

  private static String figures(ModelFigures figures) {
    if (figures.auc() != null) {
      return String.format(
          Locale.ROOT,
          "Judged by %,d people, for %s of whom the label held: AUC %s, Brier score %s (saying the rate"
              + " to everybody: %s), lift at 10%% %s.",
          figures.people(),
          figures.rate(),
          figures.auc(),
          figures.brier(),
          figures.brierOfRate(),
          figures.liftAtTenPercent());
    }
    if (figures.silhouette() != null) {
      return String.format(
          Locale.ROOT,
          "Made from %,d people: silhouette %s.",
          figures.people(),
          figures.silhouette());
    }
    return String.format(
        Locale.ROOT,
        "Judged by %,d people: the newest item of %s was among ten recommended, of %s among the ten most"
            + " popular.",
        figures.people(),
        figures.recallAtTen(),
        figures.recallOfPopular());
  }

  private void title(String title, String explanation) {
    html.append("<h2>").append(escaped(title)).append("</h2>\n");
    text(explanation);
  }

  private void text(String text) {
    html.append("<p>").append(escaped(text)).append("</p>\n");
  }

  private record Bar(String name, double value, boolean warns) {}

  private void bars(String title, String explanation, List<Bar> bars, int digits) {
    if (bars.isEmpty()) {
      return;
    }
    title(title, explanation);
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(0);
    svg(WIDTH, bars.size() * ROW);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int top = i * ROW;
      double length = most <= 0 ? 0 : Math.max(0, bar.value()) / most * (WIDTH - NAMES - 90);
      line(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
          NAMES - 10, top + 18, escaped(bar.name()));
      line(
          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\"/>",
          bar.warns() ? "warn" : "bar", NAMES, top + 4, length, ROW - 8);
      line(
          "<text class=\"soft\" x=\"%.1f\" y=\"%d\">%,." + digits + "f</text>",
          NAMES + length + 8,
          top + 18,
          bar.value());
    }
    html.append("</svg>\n");
  }

  private void calibration(List<Figures.Tenth> tenths) {
    svg(SQUARE + LEFT + 20, SQUARE + 50);
    line(
        "<rect class=\"line\" x=\"%d\" y=\"10\" width=\"%d\" height=\"%d\"/>",
        LEFT, SQUARE, SQUARE);
    line(
        "<line class=\"line\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"10\"/>",
        LEFT, SQUARE + 10, LEFT + SQUARE);
    for (int percent = 0; percent <= 100; percent += 50) {
      int along = SQUARE * percent / 100;
      line(
          "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d%%</text>",
          LEFT + along, SQUARE + 28, percent);
      line(
          "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%d%%</text>",
          LEFT - 6, SQUARE + 15 - along, percent);
    }
    line(
        "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">said</text>",
        LEFT + SQUARE / 2, SQUARE + 45);
    StringBuilder path = new StringBuilder();
    for (Figures.Tenth tenth : tenths) {
      String to = path.isEmpty() ? "M" : " L";
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", to, across(tenth), up(tenth)));
    }
    line("<path class=\"said\" d=\"%s\"/>", path);
    for (Figures.Tenth tenth : tenths) {
      line(
          "<circle class=\"bar\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>said %.1f%%, came"
              + " %.1f%%</title></circle>",
          across(tenth), up(tenth), 100 * tenth.said(), 100 * tenth.came());
    }
    html.append("</svg>\n");
  }

  private static double across(Figures.Tenth tenth) {
    return LEFT + tenth.said() * SQUARE;
  }

  private static double up(Figures.Tenth tenth) {
    return 10 + SQUARE - tenth.came() * SQUARE;
  }

  private void svg(int width, int height) {
    line(
        "<svg role=\"img\" viewBox=\"0 0 %d %d\" style=\"max-width: %dpx\">", width, height, width);
  }

  private void line(String format, Object... values) {
    html.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

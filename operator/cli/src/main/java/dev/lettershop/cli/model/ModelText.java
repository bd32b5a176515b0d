package dev.lettershop.cli.model;

import dev.lettershop.api.v1alpha1.model.FeatureFigures;
import dev.lettershop.api.v1alpha1.model.GroupSize;
import dev.lettershop.api.v1alpha1.model.ModelFigures;
import dev.lettershop.api.v1alpha1.model.ModelRun;
import dev.lettershop.models.Judgement;
import dev.lettershop.models.PersonScore;
import dev.lettershop.models.VersionReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures of models for people. */
final class ModelText {
  private final PrintWriter out;

  ModelText(PrintWriter out) {
    this.out = out;
  }

  /** One version with all that is known of it. */
  void version(String model, VersionReport report) {
    Judgement judgement = report.judgement();
    line(
        "Model %s%s: %s, %s",
        model,
        report.version() == null ? "" : ", version " + report.version(),
        judgement.algorithm(),
        report.good() ? "good enough" : "NOT good enough");
    if (judgement.refusal() != null) {
      line("  %s", judgement.refusal());
    }
    figures(judgement.figures());
    for (Judgement.Tried tried : judgement.tried()) {
      line("  tried %-20s AUC %s  Brier %s", tried.algorithm(), tried.auc(), tried.brier());
    }
    for (FeatureFigures feature : judgement.features()) {
      line("  feature %-24s importance %s", feature.name(), feature.importance());
    }
    if (!judgement.calibration().isEmpty()) {
      line("  Said and came, by tenths of people from the lowest to the highest score:");
      judgement
          .calibration()
          .forEach(tenth -> line("    %5.1f%%  %5.1f%%", 100 * tenth.said(), 100 * tenth.came()));
    }
    out.flush();
  }

  private void figures(ModelFigures figures) {
    if (figures.silhouette() == null && figures.auc() == null) {
      line(
          "  %,d people judged: the newest item of %s was among ten recommended, of %s among the ten most"
              + " popular",
          figures.people(), figures.recallAtTen(), figures.recallOfPopular());
    } else if (figures.auc() != null) {
      line(
          "  %,d people, label held for %s; AUC %s, Brier %s (saying the rate: %s), lift at 10%% %s",
          figures.people(),
          figures.rate(),
          figures.auc(),
          figures.brier(),
          figures.brierOfRate(),
          figures.liftAtTenPercent());
    } else {
      line(
          "  %,d people; silhouette %s%s",
          figures.people(),
          figures.silhouette(),
          figures.moved() == null ? "" : ", share who got another group " + figures.moved());
    }
  }

  /** A line for each version. */
  void versions(String model, List<VersionReport> versions) {
    if (versions.isEmpty()) {
      line("Model %s has no version yet; train it with lettershop train model/%s", model, model);
    } else {
      line("%-8s %-21s %-20s %-6s %s", "VERSION", "TRAINED", "ALGORITHM", "GOOD", "FIGURES");
    }
    for (VersionReport version : versions) {
      line(
          "%-8s %-21s %-20s %-6s %s",
          version.version(),
          version.trainedTime(),
          version.judgement().algorithm(),
          version.good() ? "yes" : "no",
          figures(version.judgement()));
    }
    out.flush();
  }

  private static String figures(Judgement judgement) {
    ModelFigures figures = judgement.figures();
    if (figures.auc() != null) {
      return "AUC " + figures.auc();
    }
    return figures.silhouette() != null
        ? "silhouette " + figures.silhouette()
        : "recall@10 " + figures.recallAtTen();
  }

  /** What came of a scoring, as a sentence. */
  static String sentence(String model, ModelRun run) {
    String sentence =
        String.format(
            Locale.ROOT,
            "Model %s: %,d people scored%s, %,d of them changed",
            model,
            run.scored(),
            run.version() == null
                ? ""
                : " with version " + run.version() + " (" + run.algorithm() + ")",
            run.changed());
    if (!run.groups().isEmpty()) {
      sentence +=
          run.groups().stream()
              .map((GroupSize g) -> String.format(Locale.ROOT, "%s %,d", g.name(), g.size()))
              .collect(Collectors.joining(", ", "; ", ""));
    }
    return run.refused() == null
        ? sentence
        : sentence + "; a newly trained version was not taken: " + run.refusal();
  }

  /** What a model says of a person. */
  void person(String model, PersonScore score) {
    line("Model %s, version %d: %s", model, score.version(), said(score));
    for (PersonScore.Part part : score.parts()) {
      line(
          "  %-24s %12s%s",
          part.feature(),
          part.value() == null ? "unknown" : number(part.value()),
          part.otherwise() == null ? "" : "   (unknown: " + number(part.otherwise()) + ")");
    }
    out.flush();
  }

  private static String said(PersonScore score) {
    if (score.score() != null) {
      return "score " + number(score.score());
    }
    return score.group() != null
        ? "group " + score.group()
        : "recommends " + String.join(", ", score.recommended());
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}

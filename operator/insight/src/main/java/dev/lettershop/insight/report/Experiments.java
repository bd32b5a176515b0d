package dev.lettershop.insight.report;

import dev.lettershop.insight.experiment.AlwaysValidRatio;
import dev.lettershop.insight.experiment.RatioInterval;
import dev.lettershop.insight.experiment.SampleRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The variants of a run beside each other. */
final class Experiments {
  private static final double ALPHA = 0.05;

  private Experiments() {}

  /** Null without an experiment. */
  static Report.Variants of(RunFacts facts, Terms all) {
    List<Terms.Variant> terms = all.variants();
    if (terms.isEmpty()) {
      return null;
    }
    Map<String, RunFacts.Group> found =
        facts.variants().stream()
            .collect(Collectors.toMap(RunFacts.Group::name, Function.identity()));
    List<RunFacts.Group> groups =
        terms.stream()
            .map(
                variant ->
                    found.getOrDefault(
                        variant.name(), new RunFacts.Group(variant.name(), Outcomes.NONE)))
            .toList();
    List<Trial.Answers> answers = deciding(all, terms);
    Double sampleRatio = sampleRatio(answers, terms);
    int pairs = groups.size() * (groups.size() - 1) / 2;
    return new Report.Variants(
        groups.stream().map(new Groups(all)::row).toList(),
        all.clicks() ? pairs(answers, ALPHA / Math.max(1, pairs)) : List.of(),
        all.trial() == null ? null : all.trial().decision(),
        sampleRatio,
        sampleRatio != null && sampleRatio < SampleRatio.ALARM,
        "The ratio of the people who clicked, of mails sent by chance to one of the variants, with an"
            + " interval that holds with a confidence of 95% for all pairs together, at whatever time"
            + " and however often somebody looks. Who got a variant because it had won does not"
            + " count.");
  }

  /** What the people of each variant did who got it by chance. */
  private static List<Trial.Answers> deciding(Terms all, List<Terms.Variant> variants) {
    List<Trial.Answers> found =
        all.trial() == null
            ? List.of()
            : all.trial().answers().stream().filter(a -> a.decides() && !a.heldOut()).toList();
    return variants.stream()
        .map(
            variant ->
                found.stream()
                    .filter(each -> each.group().equals(variant.name()))
                    .findFirst()
                    .orElse(new Trial.Answers(variant.name(), false, true, 0, 0, 0, 0, 0)))
        .toList();
  }

  private static Double sampleRatio(List<Trial.Answers> groups, List<Terms.Variant> terms) {
    List<Long> people = groups.stream().map(Trial.Answers::people).toList();
    if (groups.size() < 2 || people.stream().allMatch(number -> number == 0)) {
      return null;
    }
    return new SampleRatio(terms.stream().map(variant -> (double) variant.weight()).toList())
        .pValue(people);
  }

  private static List<Report.Pair> pairs(List<Trial.Answers> groups, double alpha) {
    List<Report.Pair> pairs = new ArrayList<>();
    for (int a = 0; a < groups.size(); a++) {
      for (int b = a + 1; b < groups.size(); b++) {
        pairs.add(pair(groups.get(a), groups.get(b), alpha));
      }
    }
    return pairs;
  }

  /** With the higher rate first, so that the ratio is the one that a sentence would say. */
  private static Report.Pair pair(Trial.Answers a, Trial.Answers b, double alpha) {
    if (a.clicked() * b.sent() < b.clicked() * a.sent()) {
      return pair(b, a, alpha);
    }
    boolean few = a.sent() < Groups.FEWEST || b.sent() < Groups.FEWEST;
    if (few || a.clicked() + b.clicked() == 0) {
      return new Report.Pair(a.group(), b.group(), null, null, null);
    }
    RatioInterval ratio =
        AlwaysValidRatio.of((double) a.sent() / (a.sent() + b.sent()), a.clicked(), b.clicked())
            .interval(alpha);
    return new Report.Pair(
        a.group(), b.group(), finite(ratio.ratio()), ratio.low(), finite(ratio.high()));
  }

  private static Double finite(double ratio) {
    return Double.isFinite(ratio) ? ratio : null;
  }
}

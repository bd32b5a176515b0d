package dev.lettershop.cli.plan;

import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.experiment.DecisionMetric;
import dev.lettershop.api.v1alpha1.experiment.ExperimentDecision;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.insight.experiment.SampleSize;
import dev.lettershop.resource.ResourceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which experiments may be decided by so few people that they show next to nothing. */
final class ExperimentPower {
  private static final double POWER = 0.8;

  /** Hardly any change of a mail doubles what people do. */
  private static final double HARDLY_EVER = 1;

  private ExperimentPower() {}

  static List<Diagnostic> problems(ResourceSet resources) {
    List<Diagnostic> problems = new ArrayList<>();
    resources
        .campaigns()
        .forEach(
            (name, campaign) -> {
              CampaignSpec spec = campaign.getSpec();
              if (spec != null
                  && spec.experiment() != null
                  && spec.experiment().decision() != null) {
                problem(new ResourceRef("Campaign", name), spec.experiment().decision(), problems);
              }
            });
    return problems;
  }

  private static void problem(
      ResourceRef campaign, ExperimentDecision decision, List<Diagnostic> problems) {
    double rate = rate(decision.metric());
    SampleSize size = new SampleSize(Double.parseDouble(decision.confidence()), POWER);
    double lift = size.smallestLift(rate, decision.minimumPerVariant());
    if (lift <= HARDLY_EVER) {
      return;
    }
    String shown =
        Double.isInfinite(lift)
            ? "no change at all"
            : String.format(Locale.ROOT, "only changes of %.0f%% and more", 100 * lift);
    problems.add(
        new Diagnostic(
            Severity.Warning,
            campaign,
            "spec.experiment.decision.minimumPerVariant",
            null,
            String.format(
                Locale.ROOT,
                "%,d people of each variant show %s in 80%% of all tests, where %.0f of 100 people %s",
                decision.minimumPerVariant(),
                shown,
                100 * rate,
                decision.metric() == DecisionMetric.Click ? "click" : "do it"),
            String.format(
                Locale.ROOT,
                "write %,d to find a change of 50%%, and see lettershop experiment plan",
                size.perVariantWithLooks(rate, 0.5))));
  }

  /** What mails usually come to, where nothing is known of earlier ones. */
  private static double rate(DecisionMetric metric) {
    return switch (metric) {
      case Open -> 0.3;
      case Click -> 0.03;
      case Conversion, Revenue -> 0.01;
    };
  }
}

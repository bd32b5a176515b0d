package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.CampaignGoal;
import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.campaign.QuietHours;
import dev.lettershop.api.v1alpha1.experiment.DecisionMetric;
import dev.lettershop.api.v1alpha1.experiment.ExperimentDecision;
import dev.lettershop.api.v1alpha1.experiment.Variant;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.Retention;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.Plan;
import dev.lettershop.profile.ProfileSchema.EventDefinition;
import dev.lettershop.resource.DurationText;
import dev.lettershop.template.TemplateCompiler;
import dev.lettershop.template.TemplateCompiler.Recording;
import dev.lettershop.template.TemplateResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks whether a campaign's goal can be seen, and whether its experiment can be decided. */
final class ExperimentCheck {
  private static final String GOAL = "spec.goal";
  private static final String DECISION = "spec.experiment.decision";
  private static final BigDecimal SURE = new BigDecimal("0.9");
  private static final Duration DAY = Duration.ofDays(1);

  private final Findings findings;
  private final ResourceRef campaign;
  private final CampaignSpec spec;
  private final StoreContext store;

  ExperimentCheck(Findings findings, ResourceRef campaign, CampaignSpec spec, StoreContext store) {
    this.findings = findings;
    this.campaign = campaign;
    this.spec = spec;
    this.store = store;
  }

  /**
   * @param tracking what is recorded; null for nothing
   */
  void check(Plan.Tracking tracking) {
    if (spec.goal() != null) {
      goal(spec.goal());
    }
    if (spec.experiment() == null) {
      return;
    }
    times(spec.experiment().variants());
    ExperimentDecision decision = spec.experiment().decision();
    if (decision != null) {
      metric(decision.metric(), tracking);
      confidence(decision);
      looks(decision);
    }
  }

  /** Name of the template that a variant is sent with, in the plan. */
  static String templateOf(CampaignSpec spec, Variant variant) {
    return templateName(
        variant.templateRef() == null
            ? spec.content().templateRef().name()
            : variant.templateRef().name(),
        variant);
  }

  /** Name of the template of a variant; no resource has a name with a space. */
  private static String templateName(String template, Variant variant) {
    return variant.subject() == null ? template : template + " " + variant.name();
  }

  /** Compiles a template with the variant's subject; empty after reporting a problem. */
  Optional<TemplateResult> withSubject(
      String field,
      String template,
      Variant variant,
      Map<String, EmailTemplateSpec> templates,
      Recording recording) {
    EmailTemplateSpec spec = templates.get(template);
    if (spec == null) {
      return Optional.empty();
    }
    if (spec.translations().stream().anyMatch(other -> other.subject() != null)) {
      findings.error(
          campaign,
          field,
          "EmailTemplate/"
              + template
              + " has subjects in other languages, which this would not have",
          "show a slot in the template's subjects, and set it in the variant's rules and their"
              + " translations");
      return Optional.empty();
    }
    EmailTemplateSpec own = spec.withSubject(variant.subject());
    String name = templateName(template, variant);
    Map<String, EmailTemplateSpec> all = new HashMap<>(templates);
    all.put(name, own);
    TemplateResult result =
        new TemplateCompiler().compile(name, own, all, store.schema(), recording, false);
    result.problems().stream()
        .filter(problem -> problem.field().equals("spec.subject"))
        .forEach(problem -> findings.add(campaign, field, problem.problem()));
    return Optional.of(result);
  }

  private void goal(CampaignGoal goal) {
    EventDefinition event = store.schema().events().get(goal.event());
    if (event == null) {
      findings.error(
          campaign,
          GOAL + ".event",
          "ProfileStore/" + store.name() + " has no event \"" + goal.event() + "\"",
          DidYouMean.fix(goal.event(), store.schema().events().keySet()));
      return;
    }
    if (goal.value() != null) {
      value(goal, event.properties());
    }
    Duration within = DurationText.parse(goal.within());
    if (within.isZero()) {
      findings.error(campaign, GOAL + ".within", "must be longer than 0", "write 7d");
    }
    Retention retention = store.store().getSpec().retention();
    if (retention != null && retention.events() != null) {
      kept(within, "events", retention.events());
    }
    if (retention != null && retention.deliveries() != null) {
      kept(within, "deliveries", retention.deliveries());
    }
  }

  private void kept(Duration within, String what, String kept) {
    if (within.compareTo(DurationText.parse(kept)) > 0) {
      findings.error(
          campaign,
          GOAL + ".within",
          "ProfileStore/" + store.name() + " keeps " + what + " for " + kept + " only",
          "shorten it, or lengthen spec.retention." + what + " there");
    }
  }

  private void value(CampaignGoal goal, Map<String, AttributeType> properties) {
    AttributeType type = properties.get(goal.value());
    if (type == null) {
      findings.error(
          campaign,
          GOAL + ".value",
          "the event \"" + goal.event() + "\" has no property \"" + goal.value() + "\"",
          DidYouMean.fix(goal.value(), properties.keySet()));
    } else if (type != AttributeType.Integer && type != AttributeType.Double) {
      findings.error(
          campaign,
          GOAL + ".value",
          "\"" + goal.value() + "\" is a " + type + ", and what it is worth has to be a number",
          "name a property of type Integer or Double, or remove it");
    }
  }

  private void metric(DecisionMetric metric, Plan.Tracking tracking) {
    String field = DECISION + ".metric";
    switch (metric) {
      case Click -> {
        if (tracking == null || !tracking.clicks()) {
          findings.error(
              campaign,
              field,
              "clicks are not recorded, so that no variant could win by them",
              "set spec.tracking.clicks: true, or another metric");
        }
      }
      case Open -> opens(field, tracking);
      case Conversion -> {}
      case Revenue -> {
        if (spec.goal() != null && spec.goal().value() == null) {
          findings.error(
              campaign,
              field,
              "spec.goal does not say what it is worth",
              "set spec.goal.value, or metric: Conversion");
        }
      }
    }
  }

  private void opens(String field, Plan.Tracking tracking) {
    if (tracking == null || !tracking.opens() || tracking.opensTopic() == null) {
      findings.error(
          campaign,
          field,
          "opens are not recorded of anybody by name, so that no variant could win by them",
          "set spec.tracking.opens and consentTopic, or metric: Click");
      return;
    }
    findings.warning(
        campaign,
        field,
        "opens say little: mail programs open mails that nobody reads, and only people who consent are"
            + " counted",
        "prefer Click, Conversion or Revenue");
  }

  private void confidence(ExperimentDecision decision) {
    if (new BigDecimal(decision.confidence()).compareTo(SURE) < 0) {
      findings.warning(
          campaign,
          DECISION + ".confidence",
          "with "
              + decision.confidence()
              + " one of "
              + BigDecimal.ONE.divide(
                  BigDecimal.ONE.subtract(new BigDecimal(decision.confidence())),
                  0,
                  RoundingMode.HALF_UP)
              + " experiments without any difference has a winner",
          "write 0.95");
    }
  }

  private void looks(ExperimentDecision decision) {
    Duration earliest = DurationText.parse(decision.earliest());
    Duration latest = DurationText.parse(decision.latest());
    if (latest.isZero()) {
      findings.error(campaign, DECISION + ".latest", "must be longer than 0", "write 24h");
    } else if (earliest.compareTo(latest) > 0) {
      findings.error(
          campaign,
          DECISION + ".earliest",
          decision.earliest() + " is after latest, " + decision.latest(),
          "shorten it, or lengthen latest");
    }
    boolean byHours =
        spec.delivery().localTime() != null
            || spec.experiment().variants().stream().anyMatch(v -> v.localTime() != null);
    if (byHours && latest.compareTo(DAY.plusHours(1)) < 0) {
      findings.warning(
          campaign,
          DECISION + ".latest",
          "by local time the last mail goes out a day after the first, and the last look is after "
              + decision.latest(),
          "lengthen it, such as to 48h");
    }
  }

  private void times(List<Variant> variants) {
    QuietHours quiet = spec.delivery().quietHours();
    for (int i = 0; i < variants.size(); i++) {
      String time = variants.get(i).localTime();
      String field = "spec.experiment.variants[" + i + "].localTime";
      if (time != null && spec.schedule() != null && spec.schedule().trigger() != null) {
        findings.error(
            campaign,
            field,
            "a triggered campaign is sent when something happens",
            "remove it, or use spec.delivery.localTime for all variants");
      }
      if (time != null && quiet != null && isWithin(time, quiet)) {
        findings.error(
            campaign,
            field,
            time + " is within the quiet hours, " + quiet.from() + " to " + quiet.to(),
            "write a time outside of them");
      }
    }
  }

  private static boolean isWithin(String time, QuietHours quiet) {
    boolean sameDay = quiet.from().compareTo(quiet.to()) < 0;
    boolean after = time.compareTo(quiet.from()) >= 0;
    boolean before = time.compareTo(quiet.to()) < 0;
    return sameDay ? after && before : after || before;
  }
}

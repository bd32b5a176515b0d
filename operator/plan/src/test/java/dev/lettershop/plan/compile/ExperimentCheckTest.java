package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.PlannedLinks;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentCheckTest {
  private static final String SHOP =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: pg.example, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: city, type: String}]
        events:
        - name: order_completed
          properties: [{name: total, type: Double}, {name: number, type: String}]
        topics: [{name: newsletter, optIn: Double}, {name: measuring, optIn: Single}]
        retention: {events: 30d, deliveries: 60d}
        controlGroupPercent: 2
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: all}
      spec: {expression: "true"}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: default}
      spec:
        smtp: {host: relay.example}
        from: {domains: [shop.example]}
        links: {baseUrl: "https://links.shop.example", keySecretRef: {name: links, key: key}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: sale}
      spec:
        subject: Sale
        html: '<p><a href="https://shop.example/{{content.page}}">{{content.page}}</a> <a href="{{links.unsubscribe}}">x</a></p>'
        slots: [{name: page, default: home}]
        translations: TRANSLATIONS
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: sale}
      spec:
        from: {name: Shop, address: news@shop.example}
        topic: newsletter
        audience: {include: [all]}
        content: {templateRef: {name: sale}}
        tracking: {clicks: true, opens: true, consentTopic: measuring}
        MORE
      """;

  private static final String VARIANTS =
      "variants: [{name: a, weight: 50}, {name: b, weight: 50 OWN}]";

  private static Compiled<PlanDocument> compile(String more, String translations) {
    return new PlanCompiler(parsed(more, translations).build()).campaign("sale");
  }

  private static ResourceSet.Builder parsed(String more, String translations) {
    return ResourceSet.builder()
        .add(
            ResourceParser.parse(
                "shop.yaml", SHOP.replace("MORE", more).replace("TRANSLATIONS", translations)));
  }

  private static List<String> findings(String more) {
    return compile(more, "[]").diagnostics().stream()
        .filter(d -> d.resource().kind().equals("Campaign"))
        .map(ExperimentCheckTest::text)
        .toList();
  }

  private static String text(Diagnostic d) {
    return d.severity() + " " + d.field() + ": " + d.message();
  }

  private static String variants(String own) {
    return VARIANTS.replace("OWN", own);
  }

  @Test
  void aPlanCarriesTestDecisionAndGoal() {
    Plan plan =
        compile(
                "goal: {event: order_completed, value: total}\n  experiment: {testPercent: 20, "
                    + variants(", localTime: '18:00'")
                    + ", decision: {metric: Revenue, looks: 3, noWinner: Split}}",
                "[]")
            .value()
            .plan();

    assertThat(plan.testPercent()).isEqualTo(20);
    assertThat(plan.decision().latest()).isEqualTo("24h");
    assertThat(plan.decision().looks()).isEqualTo(3);
    assertThat(plan.goal().within()).isEqualTo("7d");
    assertThat(plan.variants().get(1).localTime()).isEqualTo("18:00");
    assertThat(plan.store().controlPercent()).isEqualTo(2);
  }

  @Test
  void aVariantHasRulesAndASubjectOfItsOwn() {
    Compiled<PlanDocument> compiled =
        compile(
            "experiment: {"
                + variants(", subject: 'Only today', rules: [{when: 'true', set: {page: offers}}]")
                + "}",
            "[]");
    Plan plan = compiled.value().plan();

    assertThat(plan.templates().keySet()).containsExactlyInAnyOrder("sale", "sale b");
    assertThat(plan.variants().get(1).template()).isEqualTo("sale b");
    assertThat(plan.rulesOf("b")).hasSize(1);
    assertThat(plan.rulesOf("a")).isEmpty();
    assertThat(PlannedLinks.of(plan).all())
        .extracting(link -> link.address().toString())
        .anyMatch(address -> address.contains("offers"));
    assertThat(PlanDocument.parse(compiled.value().json()).plan()).isEqualTo(plan);
  }

  @Test
  void aSubjectOfAVariantDoesNotHideThoseInOtherLanguages() {
    Compiled<PlanDocument> compiled =
        compile(
            "experiment: {" + variants(", subject: Only today") + "}",
            "[{locale: de, subject: Nur heute}]");

    assertThat(compiled.diagnostics().stream().map(ExperimentCheckTest::text))
        .contains(
            "Error spec.experiment.variants[1].subject: EmailTemplate/sale has subjects in other"
                + " languages, which this would not have");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "goal: {event: order_complete} | Error spec.goal.event: ProfileStore/default has no event",
        "goal: {event: order_completed, value: number} | Error spec.goal.value: \"number\" is a String",
        "goal: {event: order_completed, value: totl} | Error spec.goal.value: the event",
        "goal: {event: order_completed, within: 31d} | Error spec.goal.within: ProfileStore/default"
            + " keeps events for 30d only",
        "experiment: {VARIANTS, decision: {metric: Open}} | Warning"
            + " spec.experiment.decision.metric: opens say little",
        "experiment: {VARIANTS, decision: {metric: Click, confidence: '0.8'}} | Warning"
            + " spec.experiment.decision.confidence: with 0.8 one of 5 experiments",
        "experiment: {VARIANTS, decision: {metric: Click, earliest: 3h, latest: 2h}} | Error"
            + " spec.experiment.decision.earliest: 3h is after latest",
        "experiment: {VARIANTS, decision: {metric: Click, earliest: 3h, latest: 1d}} | NONE",
      })
  void whatCannotBeDecidedIsSaid(String more, String expected) {
    List<String> found = findings(more.replace("VARIANTS", variants("")));

    if (expected.equals("NONE")) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).anyMatch(finding -> finding.startsWith(expected.strip()));
    }
  }

  @Test
  void revenueNeedsAGoalThatSaysWhatItIsWorth() {
    assertThat(
            findings(
                "goal: {event: order_completed}\n  experiment: {"
                    + variants("")
                    + ", decision: {metric: Revenue}}"))
        .containsExactly(
            "Error spec.experiment.decision.metric: spec.goal does not say what it is worth");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "experiment: {VARIANTS, decision: {metric: Conversion}} | spec.goal: must be set for the",
        "experiment: {VARIANTS, testPercent: 20} | spec.experiment.testPercent: must only be set",
        "{schedule: {trigger: {event: order_completed}}, experiment: {VARIANTS, decision: {metric:"
            + " Click}}} | spec.experiment.decision: must not be set with schedule.trigger",
      })
  void theSchemaRefusesWhatCannotBe(String more, String expected) {
    String lines =
        more.startsWith("{schedule")
            ? more.substring(1, more.length() - 1).replace("}}, experiment", "}}\n  experiment")
            : more;
    assertThat(
            parsed(lines.replace("VARIANTS", variants("")), "[]").diagnostics().stream()
                .map(ExperimentCheckTest::text))
        .anyMatch(finding -> finding.startsWith("Error " + expected));
  }

  @Test
  void aVariantOfATriggeredCampaignHasNoTimeOfItsOwn() {
    assertThat(
            findings(
                "schedule: {trigger: {event: order_completed}}\n  experiment: {"
                    + variants(", localTime: '09:00'")
                    + "}"))
        .anyMatch(f -> f.startsWith("Error spec.experiment.variants[1].localTime"));
  }

  @Test
  void aVariantIsNotSentInQuietHours() {
    assertThat(
            findings(
                "delivery: {quietHours: {from: '21:00', to: '08:00'}}\n  experiment: {"
                    + variants(", localTime: '07:30'")
                    + "}"))
        .containsExactly(
            "Error spec.experiment.variants[1].localTime: 07:30 is within the quiet hours, 21:00 to"
                + " 08:00");
  }
}

package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionalTest {
  private static final String SHOP =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: pg.example, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: city, type: String}]
        events: [{name: order_completed, properties: [{name: order_id, type: String}]}]
        topics: [{name: newsletter, optIn: Double}]
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
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: order}
      spec:
        subject: Your order
        html: "<p>{{#events.order_completed}}{{order_id}}{{/events.order_completed}}</p>BODY"
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: order}
      spec:
        from: {name: Shop, address: orders@shop.example}
        topic: TOPIC
        schedule: SCHEDULE
        audience: {include: [all]}
        content: {templateRef: {name: order}}
        MORE
      """;

  private static final String TRIGGER = "{trigger: {event: order_completed}}";

  private static ResourceSet shop(String topic, String schedule, String body, String more) {
    return ResourceSet.builder()
        .add(
            ResourceParser.parse(
                "shop.yaml",
                SHOP.replace("TOPIC", topic)
                    .replace("SCHEDULE", schedule)
                    .replace("BODY", body)
                    .replace("MORE", more)))
        .build();
  }

  private static List<String> findings(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .filter(d -> !d.field().equals("spec.html") || !d.message().contains("lang"))
        .map(d -> d.severity() + " " + d.resource() + " " + d.field() + ": " + d.message())
        .toList();
  }

  @Test
  void aTransactionalMailNeedsNoConsentAndNoWayOut() {
    ResourceSet shop = shop("none", TRIGGER, "", "");
    Compiled<PlanDocument> result = new PlanCompiler(shop).campaign("order");

    Plan plan = result.value().plan();
    assertThat(plan.isTransactional()).isTrue();
    assertThat(plan.topic()).isNull();
    assertThat(plan.optIn()).isEqualTo(OptIn.Implied);
    assertThat(PlanDocument.parse(result.value().json()).plan()).isEqualTo(plan);
    assertThat(findings(new PlanCompiler(shop).lint()).toString())
        .doesNotContain("unsubscribe", "Error");
  }

  @Test
  void theSameMailWithATopicIsWarnedAbout() {
    ResourceSet shop = shop("newsletter", TRIGGER, "", "");

    assertThat(findings(new PlanCompiler(shop).lint()))
        .anyMatch(f -> f.contains("EmailTemplate/order spec.html: the unsubscribe link is missing"))
        .anyMatch(f -> f.contains("MailTransport/default spec.links: without a public base URL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{cron: '0 9 * * *'} | | | spec.topic: is none, and nobody has done anything",
        "{trigger: {enters: {segment: all}}} | | | spec.topic: is none, and nobody has done",
        "{trigger: {event: order_completed}} | | experiment: {holdoutPercent: 5}"
            + " | spec.experiment: is not for a topic of none",
        "{trigger: {event: order_completed}} | | tracking: {clicks: true}"
            + " | spec.tracking: is not for a topic of none",
        "{trigger: {event: order_completed}} | "
            + " | delivery: {frequencyCap: {messages: 1, per: 1d}}"
            + " | spec.delivery.frequencyCap: is not for a topic of none",
        "{trigger: {event: order_completed}} | "
            + " | delivery: {quietHours: {from: '21:00', to: '08:00'}}"
            + " | spec.delivery.quietHours: is not for a topic of none",
        "{trigger: {event: order_completed}} | | delivery: {localTime: '09:00'}"
            + " | spec.delivery.localTime: is not for a topic of none",
        "{trigger: {event: order_completed}} | <a href='{{links.unsubscribe}}'>Unsubscribe</a> | "
            + " | EmailTemplate/order shows {{links.unsubscribe}}",
        "{trigger: {event: order_completed}} "
            + "| {{#recommendations}}<p>{{name}}</p>{{/recommendations}} | "
            + " | EmailTemplate/order shows recommendations"
      })
  void whatHasNoPlaceInATransactionalMailIsAnError(
      String schedule, String body, String more, String finding) {
    Compiled<PlanDocument> result =
        new PlanCompiler(shop("none", schedule, body == null ? "" : body, more == null ? "" : more))
            .campaign("order");

    assertThat(result.value()).isNull();
    assertThat(findings(result.diagnostics()))
        .anyMatch(f -> f.startsWith("Error Campaign/order") && f.contains(finding));
  }

  private static final String FILES =
      """
      attachments:
          - {name: a.pdf, type: application/pdf, contentProperty: %s}
          - {name: b.png, type: image/png, url: "https://shop.example/b.png", contentId: b@shop.example}
      """;

  @Test
  void attachmentsAndPicturesArePlanned() {
    var compiled =
        new PlanCompiler(
                shop(
                    "none",
                    TRIGGER,
                    "<img src='cid:b@shop.example' alt='b'>",
                    FILES.formatted("order_id").strip()))
            .campaign("order");

    assertThat(findings(compiled.diagnostics())).noneMatch(f -> f.contains("attachments"));
    assertThat(compiled.value().plan().attachments()).hasSize(2);
  }

  @Test
  void attachmentsAreOfTheEventAndPicturesAreAttached() {
    var compiled =
        new PlanCompiler(
                shop(
                    "none",
                    TRIGGER,
                    "<img src='cid:c@shop.example' alt='c'>",
                    FILES.formatted("order_ids").strip()))
            .campaign("order");

    assertThat(findings(compiled.diagnostics()))
        .anyMatch(f -> f.contains("spec.attachments[0].contentProperty") && f.contains("order_ids"))
        .anyMatch(f -> f.contains("cid:c@shop.example"));
  }
}

package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.PlannedLinks;
import dev.lettershop.plan.PlannedLinks.PlannedLink;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingTest {
  private static final String SHOP =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: pg.example, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: city, type: String}, {name: shop, type: String}]
        topics:
        - {name: newsletter, optIn: Double}
        - {name: opens, optIn: Single}
        - {name: orders, optIn: Implied}
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
        LINKS
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: sale}
      spec:
        subject: News
        html: |
          <a href="https://shop.example/{{profile.city}}">Shop</a> <a href="{{content.cta}}?x=1">Go</a>
          <a href="{{links.unsubscribe}}">Unsubscribe</a>
        slots: [{name: cta, type: Url, default: "https://shop.example/all"}]
        translations: [{locale: de, slots: {cta: "https://shop.example/alle"}}]
        defaults: {city: all}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: other}
      spec:
        subject: News
        html: <p>Reply</p><a href="ADDRESS">Go</a><a href="{{links.unsubscribe}}">Unsubscribe</a>
        slots: [{name: cta, type: Url, default: "https://shop.example/other"}]
        defaults: {shop: main}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: sale}
      spec:
        from: {name: Shop, address: news@shop.example}
        topic: newsletter
        audience: {include: [all]}
        schedule: {cron: "0 9 * * MON"}
        content:
          templateRef: {name: sale}
          rules:
          - {when: 'profile.city == "Rome"', set: {cta: "https://rome.example/"}}
          - {when: 'profile.city == "Bonn"', set: {cta: "mailto:bonn@shop.example"}}
        experiment:
          variants: [{name: a, weight: 50}, {name: b, weight: 50, templateRef: {name: other}}]
        tracking: TRACKING
      """;

  private static final String LINKS =
      "links: {baseUrl: \"https://links.shop.example\", keySecretRef: {name: links, key: key}}";

  private static Compiled<PlanDocument> compile(String tracking, String links, String address) {
    return compiled(SHOP.replace("LINKS", links).replace("ADDRESS", address), tracking);
  }

  private static Compiled<PlanDocument> compiled(String shop, String tracking) {
    ResourceSet resources =
        ResourceSet.builder()
            .add(
                ResourceParser.parse(
                    "shop.yaml",
                    shop.replace("TRACKING", tracking)
                        .replace("LINKS", LINKS)
                        .replace("ADDRESS", "https://shop.example/b")))
            .build();
    return new PlanCompiler(resources).campaign("sale");
  }

  private static List<String> findings(Compiled<PlanDocument> result) {
    return result.diagnostics().stream().map(Diagnostic::toString).toList();
  }

  private static Plan plan(String tracking) {
    Compiled<PlanDocument> result = compile(tracking, LINKS, "https://shop.example/b");
    assertThat(result.value()).as(findings(result).toString()).isNotNull();
    return result.value().plan();
  }

  @Test
  void aCampaignThatRecordsNothingHasThePlanThatItAlwaysHad() {
    Plan plan = plan("{}");

    assertThat(plan.tracking()).isNull();
    assertThat(PlannedLinks.of(plan).all()).isEmpty();
    assertThat(PlanDocument.of(plan).json()).doesNotContain("tracking", "\"links\":[");
  }

  @Test
  void everyLinkHasANumberAndEachValueOfASlotOneOfItsOwn() {
    Plan plan = plan("{clicks: true}");
    PlannedLinks links = PlannedLinks.of(plan);

    assertThat(plan.tracking()).isEqualTo(new Plan.Tracking(false, true, null));
    assertThat(links.all())
        .containsExactly(
            new PlannedLink(0, "other", 0, List.of("https://shop.example/b")),
            new PlannedLink(1, "sale", 0, List.of("https://shop.example/", "")),
            new PlannedLink(2, "sale", 1, List.of("https://rome.example/?x=1")),
            new PlannedLink(3, "sale", 1, List.of("https://shop.example/all?x=1")),
            new PlannedLink(4, "sale", 1, List.of("https://shop.example/alle?x=1")));
    assertThat(links.number("sale", 1, List.of("https://shop.example/all"))).isEqualTo(3);
    assertThat(links.number("sale", 1, List.of("mailto:bonn@shop.example"))).isEqualTo(-1);
    assertThat(links.number("sale", 1, List.of("https://phish.example/"))).isEqualTo(-1);
    PlanDocument document = PlanDocument.of(plan);
    assertThat(PlanDocument.parse(document.json()).plan()).isEqualTo(plan);
  }

  @Test
  void opensAskForATopicOfTheirOwn() {
    Compiled<PlanDocument> result =
        compile("{opens: true, consentTopic: opens}", LINKS, "https://shop.example/b");

    assertThat(findings(result)).isEmpty();
    assertThat(result.value().plan().tracking()).isEqualTo(new Plan.Tracking(true, false, "opens"));
  }

  @Test
  void withoutATopicOpensAreOnlyCounted() {
    Compiled<PlanDocument> result = compile("{opens: true}", LINKS, "https://shop.example/b");

    assertThat(findings(result))
        .singleElement()
        .asString()
        .contains("spec.tracking.opens", "of nobody by name", "spec.tracking.consentTopic");
    assertThat(result.value()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ask nobody for this consent",
    "'  pages: {trackingTopic: other}', 'ask for the topic \"other\" instead'",
    "'  pages: {trackingTopic: opens}', ''"
  })
  void theCollectorsPagesAskForTheConsent(String pages, String message) {
    String collector =
        """
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Collector
        metadata: {name: links}
        spec:
          host: links.shop.example
        """;
    String shop =
        SHOP.replace("- {name: orders", "- {name: other, optIn: Single}\n  - {name: orders");
    Compiled<PlanDocument> result =
        compiled(shop + collector + pages + "\n", "{opens: true, consentTopic: opens}");

    if (message.isEmpty()) {
      assertThat(findings(result)).isEmpty();
    } else {
      assertThat(findings(result))
          .singleElement()
          .asString()
          .contains(
              "Campaign/sale",
              "spec.tracking.consentTopic",
              "the pages of Collector/links " + message,
              "set spec.pages.trackingTopic: opens there");
    }
    assertThat(result.value()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "newsletter, is not consent to recording who opens them",
    "orders, nobody is asked",
    "open, did you mean"
  })
  void aTopicThatCannotBeTheConsentIsAnError(String topic, String message) {
    Compiled<PlanDocument> result =
        compile("{opens: true, consentTopic: " + topic + "}", LINKS, "https://shop.example/b");

    assertThat(findings(result))
        .singleElement()
        .asString()
        .contains("Campaign/sale", "spec.tracking.consentTopic", message);
  }

  @Test
  void recordingNeedsAnAddressForLinks() {
    Compiled<PlanDocument> result = compile("{clicks: true}", "", "https://shop.example/b");

    assertThat(findings(result))
        .anyMatch(
            finding ->
                finding.contains("spec.tracking") && finding.contains("set spec.links there"));
  }

  @Test
  void aLinkWhoseHostIsInTheHandsOfOthersIsAnErrorOnlyWhenRecorded() {
    String address = "https://{{profile.shop}}.example/";

    assertThat(findings(compile("{clicks: true}", LINKS, address)))
        .anyMatch(
            finding ->
                finding.contains("EmailTemplate/other")
                    && finding.contains("{{profile.shop}} decides about the host"));
    assertThat(compile("{opens: true, consentTopic: opens}", LINKS, address).value()).isNotNull();
  }

  @Test
  void eachLinkInTheHtmlOfASlotHasANumber() {
    String shop =
        SHOP.replace("{{content.cta}}?x=1", "https://shop.example/go")
            .replace("\">Go</a>\n    <a", "\">Go</a> {{{content.box}}}\n    <a")
            .replace(
                "slots: [{name: cta, type: Url, default: \"https://shop.example/all\"}]",
                "slots: [{name: box, type: Html, default: '<a href=\"https://shop.example/&quot;1\">1</a>'}]")
            .replace("{cta: \"https://shop.example/alle\"}", "{box: '<p>nichts</p>'}")
            .replace(
                "{cta: \"https://rome.example/\"}",
                "{box: '<a href=\"https://rome.example/\">R</a> <a href=\"https://a.example/\">A</a>'}")
            .replace("{cta: \"mailto:bonn@shop.example\"}", "{box: ''}");
    PlannedLinks links = PlannedLinks.of(compiled(shop));

    assertThat(links.all())
        .filteredOn(link -> link.template().equals("sale") && link.link() == 2)
        .extracting(PlannedLink::address)
        .containsExactly(
            List.of("https://a.example/"),
            List.of("https://rome.example/"),
            List.of("https://shop.example/%221"));
    assertThat(links.number("sale", 2, List.of("https://rome.example/"))).isPositive();
    assertThat(links.number("sale", 2, List.of("https://phish.example/"))).isEqualTo(-1);
  }

  private static Plan compiled(String shop) {
    Compiled<PlanDocument> result = compiled(shop, "{clicks: true}");
    assertThat(result.value()).as(findings(result).toString()).isNotNull();
    return result.value().plan();
  }
}

package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.collector.CollectorTrust;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.CollectorPlan;
import dev.lettershop.plan.Compiled;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorCompilerTest {
  private static final String STORE =
      """
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: %s}
      spec:
        postgresql: {host: pg, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: first_name, type: String, pii: true}, {name: city, type: String}]
        events:
        - {name: product_viewed, properties: [{name: sku, type: String}]}
        topics: [{name: newsletter}, {name: offers, optIn: Single}]
      """;

  private static final String TRANSPORT =
      """
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: %s}
      spec:
        smtp: {host: smtp.example}
        from: {domains: [shop.example]}
        links: {baseUrl: "https://%s/mail", keySecretRef: {name: links, key: keys}}
      """;

  private static final String CONFIRM =
      """
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: confirm}
      spec:
        subject: Please confirm
        html: "<p>Hello</p><a href='%s'>Confirm</a>"
      """;

  private static ResourceSet resources(String... manifests) {
    ResourceSet.Builder builder = ResourceSet.builder();
    builder.add(ResourceParser.parse("test.yaml", String.join("\n", manifests)));
    assertThat(builder.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    return builder.build();
  }

  private static Compiled<CollectorPlan> compiled(String... manifests) {
    return new PlanCompiler(resources(manifests)).collector("default");
  }

  private static List<String> linted(String... manifests) {
    return said(new PlanCompiler(resources(manifests)).lint());
  }

  private static List<String> said(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(d -> d.resource() + " " + d.field() + ": " + d.message() + "; " + d.fix())
        .toList();
  }

  private static String store() {
    return STORE.formatted("default");
  }

  private static String transport() {
    return TRANSPORT.formatted("default", "links.shop.example");
  }

  private static String collector(String... fields) {
    return named("default", "host: links.shop.example", fields);
  }

  private static String named(String name, String host, String... fields) {
    return """
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Collector
        metadata: {name: %s}
        spec:
        """
            .formatted(name)
        + (host + "\n" + String.join("\n", fields)).indent(2);
  }

  @Test
  void aPlanSaysWhatIsServedAndWithWhichKeys() {
    Compiled<CollectorPlan> result =
        compiled(
            store(),
            transport(),
            TRANSPORT.formatted("elsewhere", "other.example"),
            TRANSPORT.formatted("second", "LINKS.shop.example:443"),
            collector(
                "sources:",
                "- name: web",
                "  trust: Browser",
                "  writeKeySecretRef: {name: keys, key: web}",
                "  origins: ['https://shop.example']",
                "  events: [product_viewed]",
                "  fields: [{name: sku, missing: Invalid}]",
                "normalise: {countries: Iso3166, fields: [{name: sku}, {name: city}]}",
                "webhooks: [{name: mg, provider: Mailgun, keySecretRef: {name: keys, key: mg}}]",
                "spool: {size: 1Gi}",
                "trustedProxies: [10.0.0.0/8]"));

    assertThat(said(result.diagnostics())).isEmpty();
    CollectorPlan plan = result.value();
    assertThat(plan.links())
        .extracting(CollectorPlan.Links::transport)
        .containsExactly("default", "second");
    assertThat(plan.links().get(0).baseUrl()).isEqualTo("https://links.shop.example/mail");
    assertThat(plan.pages().name()).isEqualTo("links.shop.example");
    assertThat(plan.topics()).extracting(topic -> topic.name()).contains("newsletter", "offers");
    assertThat(plan.spoolBytes()).isEqualTo(1L << 30);
    CollectorPlan.Source source = plan.sources().get(0);
    assertThat(source.trust()).isEqualTo(CollectorTrust.Browser);
    assertThat(source.identity().key()).isEqualTo("user_id");
    assertThat(source.normalise().fields())
        .extracting(rule -> rule.name() + " " + rule.missing())
        .containsExactly("sku Invalid", "city Keep");
    assertThat(plan.webhooks().get(0).softLimit().bounces()).isEqualTo(5);
    assertThat(PlanFiles.of(plan).collector()).isEqualTo(plan);
  }

  @Test
  void whatASourceNamesMustExist() {
    assertThat(
            said(
                compiled(
                        store(),
                        transport(),
                        collector(
                            "sources:",
                            "- name: shop",
                            "  trust: Server",
                            "  writeKeySecretRef: {name: keys, key: shop}",
                            "  events: [product_vewed]",
                            "  alsoMatch: [emial]",
                            "  mapping: [{to: skuu, value: record.properties.id}]",
                            "  traits: [{to: city, value: recrd.traits.city}]",
                            "  fields: [{name: cty}, {name: city, tableFrom: {name: t, key: k}}]",
                            "normalise: {fields: [{name: nowhere}]}"))
                    .diagnostics()))
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).contains("spec.normalise.fields[0].name", "nowhere"),
            m -> assertThat(m).contains("spec.sources[0].events[0]", "mean \"product_viewed\""),
            m -> assertThat(m).contains("spec.sources[0].alsoMatch[0]", "mean \"email\""),
            m -> assertThat(m).contains("spec.sources[0].mapping[0].to", "mean \"sku\""),
            m -> assertThat(m).contains("spec.sources[0].traits[0].value", "recrd"),
            m -> assertThat(m).contains("spec.sources[0].fields[0].name", "mean \"city\""),
            m -> assertThat(m).contains("spec.sources[0].fields[1].tableFrom", "write the values"));
  }

  @Test
  void aBrowserFillsNoPersonalData() {
    assertThat(
            said(
                compiled(
                        store(),
                        transport(),
                        collector(
                            "sources:",
                            "- name: web",
                            "  trust: Browser",
                            "  writeKeySecretRef: {name: keys, key: web}",
                            "  origins: ['https://shop.example']",
                            "  traits:",
                            "  - {to: first_name, value: record.traits.name}",
                            "  - {to: email, value: record.traits.email}",
                            "  - {to: city, value: record.traits.city}"))
                    .diagnostics()))
        .hasSize(2)
        .anyMatch(m -> m.contains("spec.sources[0].traits[0].to: \"first_name\" is not changed"))
        .anyMatch(m -> m.contains("spec.sources[0].traits[1].to: \"email\" is not changed"));
  }

  @Test
  void hostAndBaseUrlAreHeldTogether() {
    assertThat(linted(store(), TRANSPORT.formatted("default", "link.shop.example"), collector()))
        .hasSize(2)
        .anyMatch(m -> m.contains("Collector/default spec.host: is in no spec.links.baseUrl"))
        .anyMatch(
            m ->
                m.contains("MailTransport/default spec.links.baseUrl: leads to")
                    && m.contains("did you mean \"links.shop.example\"?"));
    assertThat(linted(store(), transport(), collector())).isEmpty();
    assertThat(linted(store(), transport())).isEmpty();
  }

  @Test
  void onlyOneCollectorAnswersForAHost() {
    assertThat(
            linted(
                store(),
                transport(),
                collector(),
                named("second", "host: links.shop.example"),
                named("third", "host: hooks.shop.example")))
        .filteredOn(m -> m.contains("is also the host of"))
        .hasSize(2);
  }

  @Test
  void aCampaignsLinksLeadToACollectorThatKnowsItsPeople() {
    String campaign =
        """
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Segment
        metadata: {name: everybody}
        spec: {storeRef: {name: b2b}, expression: "true"}
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: EmailTemplate
        metadata: {name: default}
        spec:
          storeRef: {name: b2b}
          subject: News
          html: "<p>News</p><a href='{{links.unsubscribe}}'>Bye</a>"
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: Campaign
        metadata: {name: sale}
        spec:
          storeRef: {name: b2b}
          from: {address: news@shop.example}
          topic: newsletter
          audience: {include: [everybody]}
          content: {templateRef: {name: default}}
        """;

    assertThat(linted(store(), STORE.formatted("b2b"), transport(), collector(), campaign))
        .singleElement()
        .asString()
        .contains(
            "Campaign/sale spec.transportRef.name: links of its mails lead to Collector/default,"
                + " which works on ProfileStore/default");
  }

  @Test
  void aSignUpThatNeedsAConfirmationHasOne() {
    String form = "- {name: footer, topics: [newsletter, offers], wording: {en: Yes please}}";

    assertThat(
            said(
                compiled(store(), transport(), collector("signUp:", "  forms:", "  " + form))
                    .diagnostics()))
        .singleElement()
        .asString()
        .contains("spec.signUp.confirmation: is missing, and the topic \"newsletter\"");

    Compiled<CollectorPlan> confirmed =
        compiled(
            store(),
            transport(),
            CONFIRM.formatted("{{links.confirm}}"),
            collector(
                "signUp:",
                "  forms:",
                "  " + form,
                "  confirmation:",
                "    {from: {address: news@shop.example}, templateRef: {name: confirm}}"));

    assertThat(said(confirmed.diagnostics())).isEmpty();
    assertThat(confirmed.value().confirmation().template().text()).contains("links.confirm");
    assertThat(confirmed.value().confirmation().transport().name()).isEqualTo("default");
    assertThat(confirmed.value().confirmation().validFor()).isEqualTo("72h");
    assertThat(PlanFiles.of(confirmed.value()).collector()).isEqualTo(confirmed.value());
  }

  @Test
  void whatASignUpNamesMustExistAndFit() {
    assertThat(
            said(
                compiled(
                        store(),
                        TRANSPORT.formatted("default", "other.example"),
                        CONFIRM.formatted("{{links.unsubscribe}}"),
                        collector(
                            "signUp:",
                            "  forms:",
                            "  - name: footer",
                            "    topics: [newsleter]",
                            "    wording: {'not a language': 'Yes'}",
                            "    attributes: [last_name, created_at]",
                            "  confirmation:",
                            "    {from: {address: news@shop.test}, templateRef: {name: confirm},"
                                + " validFor: 0h}"))
                    .diagnostics()))
        .filteredOn(m -> m.startsWith("Collector/default spec.signUp"))
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).contains("forms[0].topics[0]", "mean \"newsletter\""),
            m -> assertThat(m).contains("forms[0].wording", "is not a language tag"),
            m -> assertThat(m).contains("forms[0].attributes[0]", "no attribute \"last_name\""),
            m -> assertThat(m).contains("forms[0].attributes[1]", "kept by the store"),
            m -> assertThat(m).contains("confirmation.validFor", "is zero"),
            m -> assertThat(m).contains("confirmation.templateRef.name", "nobody could confirm"),
            m -> assertThat(m).contains("confirmation.from.address", "does not send for"),
            m -> assertThat(m).contains("confirmation.transportRef.name", "do not lead to"));
  }

  @Test
  void pagesShowTopicsOfTheStoreInReadableColours() {
    assertThat(
            said(
                compiled(
                        store(),
                        transport(),
                        collector(
                            "pages:",
                            "  colours: {text: '#777777', background: '#EEEEEE'}",
                            "  topics: [{name: ofers, title: {english: Offers, e: Offers}}]",
                            "  trackingTopic: opens"))
                    .diagnostics()))
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).contains("spec.pages.topics[0].name", "mean \"offers\""),
            m -> assertThat(m).contains("spec.pages.topics[0].title", "\"e\" is not a language"),
            m -> assertThat(m).contains("spec.pages.trackingTopic", "no topic \"opens\""),
            m -> assertThat(m).contains("spec.pages.colours", "a contrast of 3.8"));
  }

  @Test
  void textsOfPagesHaveKnownKeysAndBraces() {
    assertThat(
            said(
                compiled(
                        store(),
                        transport(),
                        collector(
                            "pages:",
                            "  texts:",
                            "  - locale: en",
                            "    values:",
                            "      unsubscribe.buton: Stop",
                            "      unsubscribe.button: 'Stop {topic}'",
                            "      unsubscribe.done: 'Stopped {sender}'",
                            "      undo.button: 'Undo {topic}'"))
                    .diagnostics()))
        .satisfiesExactlyInAnyOrder(
            m ->
                assertThat(m)
                    .contains("spec.pages.texts[0].values", "\"unsubscribe.buton\"")
                    .contains("unsubscribe.button"),
            m -> assertThat(m).contains("{sender}", "use {topic}"),
            m -> assertThat(m).contains("{topic}", "remove it"));
  }

  @Test
  void proxiesAreNetworksAndTheSpoolHoldsSomething() {
    assertThat(
            said(
                compiled(
                        store(),
                        transport(),
                        collector("trustedProxies: [10.0.0.0/33]", "spool: {size: 500m}"))
                    .diagnostics()))
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).contains("spec.trustedProxies[0]", "write it like 10.0.0.0/8"),
            m -> assertThat(m).contains("spec.spool.size", "less than 1Mi"));
  }

  @Test
  void aKafkaBufferIsReadByASourceThatMaps() {
    String source =
        """
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: events}
        spec:
          provides: Events
          kafka: {bootstrapServers: ["kafka:9092"], topic: events}
          identity: {key: user_id}
        """;
    String collector =
        collector(
            "buffer: {type: Kafka, kafka: {bootstrapServers: ['kafka:9092'], topic: events}}");

    assertThat(said(compiled(store(), transport(), source, collector).diagnostics())).isEmpty();
    assertThat(said(compiled(store(), transport(), collector).diagnostics()))
        .singleElement()
        .asString()
        .contains("spec.buffer.kafka.topic: is read by no ProfileSource");
    assertThat(
            said(
                compiled(
                        store(),
                        transport(),
                        source,
                        collector
                            + "\n  sources:\n  - {name: s, trust: Server, writeKeySecretRef: {name:"
                            + " k, key: k}, mapping: [{to: sku, value: record.x}]}")
                    .diagnostics()))
        .singleElement()
        .asString()
        .contains("spec.sources[0]: mapping, traits and fields do not apply");
  }

  @Test
  void webhooksRecordWhereTheTransportRecords() {
    String bouncing =
        TRANSPORT.formatted("default", "links.shop.example")
            + "  bounces: {domain: b.shop.example, storeRef: {name: b2b}, softLimit: {bounces: 9}}";

    assertThat(
            said(
                compiled(
                        store(),
                        STORE.formatted("b2b"),
                        bouncing,
                        collector(
                            "webhooks:",
                            "- {name: pm, provider: Postmark, keySecretRef: {name: k, key: k}}"))
                    .diagnostics()))
        .singleElement()
        .asString()
        .contains("spec.webhooks[0].transportRef.name", "records bounces in ProfileStore/b2b");
    assertThat(
            compiled(
                    store(),
                    bouncing.replace("b2b", "default"),
                    collector(
                        "webhooks:",
                        "- {name: pm, provider: Postmark, keySecretRef: {name: k, key: k}}"))
                .value()
                .webhooks()
                .get(0)
                .softLimit()
                .bounces())
        .isEqualTo(9);
  }

  @Test
  void noCampaignAsksToConfirm() {
    assertThat(
            linted(
                store(),
                transport(),
                CONFIRM.formatted("{{links.confirm}}"),
                """
                ---
                apiVersion: lettershop.dev/v1alpha1
                kind: Segment
                metadata: {name: everybody}
                spec: {expression: "true"}
                ---
                apiVersion: lettershop.dev/v1alpha1
                kind: Campaign
                metadata: {name: sale}
                spec:
                  from: {address: news@shop.example}
                  topic: newsletter
                  audience: {include: [everybody]}
                  content: {templateRef: {name: confirm}}
                """))
        .singleElement()
        .asString()
        .contains("Campaign/sale spec.content.templateRef.name", "which no campaign has");
  }
}

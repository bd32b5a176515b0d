package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.ScannedHits;
import dev.lettershop.api.v1alpha1.store.ScannerNetwork;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.RunPlans;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCompilerTest {
  private static final String STORE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: pg.example, database: shop, credentialsSecretRef: {name: db}}
        attributes:
        - {name: first_name, type: String, pii: true}
        - {name: city, type: String}
        - {name: lifetime_value, type: Double}
        events:
        - {name: order_completed, properties: [{name: total, type: Double}]}
        topics: [{name: newsletter, optIn: Double}]
      """;
  private static final String BIG =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: big}
      spec: {expression: profile.lifetime_value > 5000.0}
      """;
  private static final String BIG_IN_BOSTON =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: big-in-boston}
      spec: {expression: 'inSegment("big") && profile.city == "Boston"'}
      """;
  private static final String UNUSED =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: unused}
      spec: {expression: has(profile.city)}
      """;
  private static final String TEMPLATE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: sale}
      spec:
        subject: "{{content.headline}}, {{profile.first_name}}"
        html: |
          <p>{{content.headline}}</p>
          <a href="{{links.unsubscribe}}">Unsubscribe</a>
        slots: [{name: headline, default: News}]
        defaults: {first_name: there}
      """;
  private static final String TRANSPORT =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: default}
      spec:
        smtp: {host: relay.example}
        from: {domains: [shop.example]}
        rate: {perSecond: 200}
        links: {baseUrl: "https://mail.shop.example", keySecretRef: {name: links, key: key}}
      """;
  private static final String CAMPAIGN =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: sale}
      spec:
        from: {name: Shop, address: news@shop.example}
        topic: newsletter
        audience: {include: [big-in-boston]}
        schedule: {cron: "0 9 * * MON"}
        content:
          templateRef: {name: sale}
          rules:
          - {when: 'profile.city == "Boston"', set: {headline: Boston news}}
        delivery: {ratePerSecond: 50}
      """;

  private final List<String> manifests =
      new ArrayList<>(List.of(STORE, BIG, BIG_IN_BOSTON, UNUSED, TEMPLATE, TRANSPORT, CAMPAIGN));

  @Test
  void aSoundCampaignCompilesWithoutFindings() {
    Compiled<PlanDocument> result = compile();

    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.value().hash()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void thePlanIsTheSameWhateverOrderTheResourcesComeIn() {
    String first = compile().value().json();
    Collections.reverse(manifests);

    assertThat(compile().value().json()).isEqualTo(first);
  }

  @Test
  void aPlanReadsBackAsItWas() {
    PlanDocument document = compile().value();
    PlanDocument again = PlanDocument.parse(document.json());

    assertThat(again.plan()).isEqualTo(document.plan());
    assertThat(again.hash()).isEqualTo(document.hash());
    assertThat(PlanDocument.of(again.plan()).json()).isEqualTo(document.json());
  }

  @Test
  void thePlanCarriesTheSegmentsItReachesAndNoOthers() {
    Plan plan = compile().value().plan();

    assertThat(plan.segments()).containsOnlyKeys("big", "big-in-boston");
  }

  @Test
  void aSegmentThatNothingReachesDoesNotChangeThePlan() {
    String before = compile().value().hash();
    manifests.remove(UNUSED);

    assertThat(compile().value().hash()).isEqualTo(before);
  }

  @Test
  void whatMeansSomethingElseHasAnotherHash() {
    String before = compile().value().hash();
    replace("headline: Boston news", "headline: News from Boston");

    assertThat(compile().value().hash()).isNotEqualTo(before);
  }

  @Test
  void theSlowerOfTwoLimitsHolds() {
    assertThat(compile().value().plan().transport().ratePerSecond()).isEqualTo(200);
    assertThat(compile().value().plan().pace().ratePerSecond()).isEqualTo(50);
  }

  @Test
  void thePlanNamesSecretsAndHoldsNone() {
    manifests.add(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: db}
        stringData: {username: someone, password: sesame}
        """);

    assertThat(compile().value().json()).contains("\"db\"").doesNotContain("sesame");
  }

  @Test
  void everyMistakeIsFoundAtOnceWithItsPlaceAndFix() {
    replace("include: [big-in-boston]", "include: [big-in-bostn]");
    replace("topic: newsletter", "topic: newsleter");
    replace("when: 'profile.city", "when: 'profile.ctiy");
    replace("set: {headline", "set: {headlin");
    replace("news@shop.example", "news@shopp.example");
    replace("{{profile.first_name}}\"", "{{profile.frist_name}}\"");

    assertThat(errors(compile().diagnostics()))
        .containsExactlyInAnyOrder(
            "Campaign/sale spec.audience.include[0]: did you mean \"big-in-boston\"?",
            "Campaign/sale spec.topic: did you mean \"newsletter\"?",
            "Campaign/sale spec.content.rules[0].when 1:9: did you mean \"city\"?",
            "Campaign/sale spec.content.rules[0].set.headlin: did you mean \"headline\"?",
            "Campaign/sale spec.from.address: did you mean \"shop.example\"?",
            "EmailTemplate/sale spec.subject 1:23: did you mean \"first_name\"?");
  }

  @Test
  void whatIsStillNeededCannotBeDropped() {
    replace("- {name: city, type: String}", "- {name: city, type: String, renamedFrom: town}");
    replace("topics:", "dropAttributes: [town, first_name, age]\n  topics:");

    assertThat(errors(compile().diagnostics()))
        .containsExactlyInAnyOrder(
            "ProfileStore/default spec.dropAttributes: remove it here, or remove the renamedFrom"
                + " and lose its values",
            "ProfileStore/default spec.dropAttributes: remove it here, or remove the declaration"
                + " and lose its values");
  }

  @Test
  void missingResourcesAreNamedWithTheFieldThatNeedsThem() {
    manifests.removeAll(List.of(TRANSPORT, TEMPLATE));

    assertThat(compile().diagnostics())
        .extracting(d -> d.field() + " " + d.message())
        .contains(
            "spec.transportRef.name MailTransport \"default\" does not exist",
            "spec.content.templateRef.name EmailTemplate \"sale\" does not exist");
    assertThat(compile().value()).isNull();
  }

  @Test
  void aRuleThatComparesTextWithANumberIsATypeErrorOnTheSegment() {
    replace("profile.lifetime_value > 5000.0", "profile.city > 5000.0");

    assertThat(compile().diagnostics())
        .filteredOn(d -> d.resource().toString().equals("Segment/big"))
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.field()).isEqualTo("spec.expression");
              assertThat(d.position()).isNotNull();
              assertThat(d.fix()).isNotBlank();
            });
  }

  @Test
  void aSlotThatNothingFillsIsAnError() {
    replace("{name: headline, default: News}", "{name: headline}");
    replace(
        "    rules:\n    - {when: 'profile.city == \"Boston\"', set: {headline: Boston news}}\n",
        "");

    assertThat(compile().diagnostics())
        .extracting(Diagnostic::message)
        .contains("nothing fills the slot \"headline\" of EmailTemplate/sale");
  }

  @Test
  void aSlotThatOnlySomeRulesFillIsAWarning() {
    replace("{name: headline, default: News}", "{name: headline}");
    Compiled<PlanDocument> result = compile();

    assertThat(result.succeeded()).isTrue();
    assertThat(result.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("stays empty for whom no rule matches"));
  }

  @Test
  void whenAndHowFastMailsGoOutIsInThePlan() {
    replace(
        "delivery: {ratePerSecond: 50}",
        "delivery: {quietHours: {from: '21:00', to: '08:00'}, localTime: '09:00', priority: 70,"
            + " frequencyCap: {messages: 3, per: 7d}}");

    Plan.Delivery pace = compile().value().plan().pace();

    assertThat(pace.quietHours().from()).isEqualTo("21:00");
    assertThat(pace.localTime()).isEqualTo("09:00");
    assertThat(pace.priority()).isEqualTo(70);
    assertThat(pace.frequencyCap().messages()).isEqualTo(3);
  }

  @Test
  void aCapOverMoreTimeThanTheLedgerRemembersIsAnError() {
    replace("delivery: {ratePerSecond: 50}", "delivery: {frequencyCap: {messages: 3, per: 90d}}");
    replace("  topics:", "  retention: {deliveries: 30d}\n  topics:");

    assertThat(compile().diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.isError()).isTrue();
              assertThat(d.field()).isEqualTo("spec.delivery.frequencyCap.per");
              assertThat(d.message()).contains("30d");
            });
  }

  @Test
  void networksOfScannersAreNetworksAndReachThePlan() {
    replace(
        "  topics:",
        "  engagement: {scannerNetworks: [{network: 203.0.113.0/24, hits: Clicks}]}\n  topics:");
    assertThat(compile().value().plan().store().understanding().scannerNetworks())
        .containsExactly(new ScannerNetwork("203.0.113.0/24", ScannedHits.Clicks));

    replace("203.0.113.0/24, hits: Clicks", "203.0.113.0/33");
    assertThat(compile().diagnostics())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.isError()).isTrue();
              assertThat(d.field()).isEqualTo("spec.engagement.scannerNetworks[0].network");
              assertThat(d.fix()).contains("203.0.113.0/24");
            });
  }

  @Test
  void eventsOfMailsAreBuiltIn() {
    replace("  - {name: order_completed", "  - {name: email_clicked}\n  - {name: order_completed");

    assertThat(compile().diagnostics())
        .anySatisfy(
            d -> {
              assertThat(d.isError()).isTrue();
              assertThat(d.field()).isEqualTo("spec.events[0].name");
              assertThat(d.message()).contains("built in");
            });
  }

  @Test
  void anUnknownCampaignIsAFindingToo() {
    assertThat(new PlanCompiler(resources()).campaign("sail").diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.fix()).isEqualTo("did you mean \"sale\"?"));
  }

  @Test
  void lintLooksAtResourcesThatNothingUses() {
    replace("has(profile.city)", "has(profile.cty)");

    assertThat(compile().succeeded()).isTrue();
    assertThat(new PlanCompiler(resources()).lint())
        .singleElement()
        .satisfies(d -> assertThat(d.resource().toString()).isEqualTo("Segment/unused"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{cron: '60 25 * * 7'}~cron",
        "{cron: '0 9 * * TUS'}~cron",
        "{cron: '*/0 * * * *'}~cron",
        "{cron: '0 0 30 2 *'}~cron",
        "{cron: '0 9 * * MON', timeZone: Europe/Berln}~timeZone",
        "{at: '2027-02-30T09:00:00Z'}~at"
      })
  void lintFindsWhatTheControllerWouldNotRun(String row) {
    schedule(row.split("~")[0]);

    assertThat(new PlanCompiler(resources()).lint())
        .filteredOn(Diagnostic::isError)
        .extracting(Diagnostic::field)
        .containsExactly("spec.schedule." + row.split("~")[1]);
  }

  @Test
  void aMomentThatIsOverIsAFinding() {
    schedule("{at: '2027-03-01T09:00:00Z'}");

    PlanCompiler compiler = new PlanCompiler(resources());
    assertThat(compiler.lint()).noneMatch(Diagnostic::isError);
    assertThat(compiler.past(Instant.parse("2027-03-01T08:59:00Z"))).isEmpty();
    assertThat(compiler.past(Instant.parse("2027-03-01T09:01:00Z")))
        .singleElement()
        .satisfies(
            found -> assertThat(found.message()).contains("is over: the campaign does not run"));
  }

  private void schedule(String schedule) {
    manifests.replaceAll(m -> m.replaceAll("schedule: \\{[^}]*+}", "schedule: " + schedule));
    assertThat(manifests).anyMatch(m -> m.contains(schedule));
  }

  @Test
  void whatRefersToAMalformedResourceIsToldSo() {
    replace("spec: {expression: profile.lifetime_value > 5000.0}", "spec: {expresion: 'true'}");
    replace("include: [big-in-boston]", "include: [big]");

    assertThat(compile().diagnostics())
        .extracting(Diagnostic::message)
        .contains("Segment/big is not valid");
  }

  @Test
  void sourcesAreCompiledWithTheCampaignWhoseStoreTheyFill() {
    manifests.add(
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: ProfileSource
        metadata: {name: crm}
        spec:
          provides: Profiles
          file: {format: Csv, path: crm.csv, volume: {configMap: {name: crm}}}
          identity: {key: customer_id, alsoMatch: [emial]}
          mapping:
          - {to: ctiy, value: record.CITY}
          - {to: first_name, value: 'record.NAME.trimm()'}
        """);
    RunPlans plans = new PlanCompiler(resources()).run("sale");

    assertThat(plans.succeeded()).isFalse();
    assertThat(errors(plans.diagnostics()))
        .anySatisfy(e -> assertThat(e).contains("mapping[0].to").contains("city"))
        .anySatisfy(e -> assertThat(e).contains("mapping[1].value").contains("trim"))
        .anySatisfy(e -> assertThat(e).contains("alsoMatch[0]").contains("email"));
  }

  @Test
  void aResultSaysWhatItDependsOnAlsoThroughOthersAndWhatIsMissing() {
    replace("inSegment(\"big\")", "inSegment(\"bigger\")");

    assertThat(compile().references().all())
        .contains(
            new ResourceRef("ProfileStore", "default"),
            new ResourceRef("MailTransport", "default"),
            new ResourceRef("EmailTemplate", "sale"),
            new ResourceRef("Segment", "big-in-boston"),
            new ResourceRef("Segment", "bigger"))
        .doesNotContain(new ResourceRef("Segment", "unused"));
    assertThat(compile().references().missing())
        .containsExactly(new ResourceRef("Segment", "bigger"));
  }

  @Test
  void whatIsTakenOverFromAnEarlierCompilerChangesNoResult() {
    PlanCompiler earlier = new PlanCompiler(resources());
    earlier.campaign("sale");
    List<List<String>> edits =
        List.of(
            List.of("> 5000.0", "> 6000.0"),
            List.of("<p>{{content.headline}}</p>", "<p>{{content.headline}}!</p>"),
            List.of("{{content.headline}}!", "{{content.hedline}}"),
            List.of("{name: city, type: String}", "{name: town, type: String}"),
            List.of("{name: town, type: String}", "{name: city, type: Integer}"),
            List.of("host: pg.example", "host: db.example"),
            List.of("host: relay.example", "host: mail.example"));
    for (List<String> edit : edits) {
      replace(edit.get(0), edit.get(1));
      PlanCompiler later = new PlanCompiler(resources(), earlier);

      assertThat(later.campaign("sale")).isEqualTo(new PlanCompiler(resources()).campaign("sale"));
      earlier = later;
    }
  }

  private Compiled<PlanDocument> compile() {
    return new PlanCompiler(resources()).campaign("sale");
  }

  private ResourceSet resources() {
    ResourceSet.Builder builder = ResourceSet.builder();
    for (int i = 0; i < manifests.size(); i++) {
      builder.add(ResourceParser.parse("file-" + i + ".yaml", manifests.get(i)));
    }
    return builder.build();
  }

  private void replace(String from, String to) {
    assertThat(manifests).anyMatch(m -> m.contains(from));
    manifests.replaceAll(m -> m.replace(from, to));
  }

  private static List<String> errors(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .filter(Diagnostic::isError)
        .map(
            d ->
                d.resource()
                    + " "
                    + d.field()
                    + (d.position() == null ? "" : " " + d.position())
                    + ": "
                    + d.fix())
        .toList();
  }
}

package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.BouncesPlan;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransportCheckTest {
  private static final String STORE =
      """
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: %s}
      spec:
        postgresql: {host: pg, database: shop, credentialsSecretRef: {name: db}}
        topics: [{name: newsletter, optIn: Single}]
      """;

  private static final String CAMPAIGN =
      """
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: everybody}
      spec: {expression: "true"}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: default}
      spec:
        subject: News
        html: "<a href='{{links.preferences}}'>Choose</a> <a href='{{links.unsubscribe}}'>Bye</a>"
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: sale}
      spec:
        from: {address: news@mail.shop.example}
        topic: newsletter
        audience: {include: [everybody]}
        content: {templateRef: {name: default}}
      """;

  private static final String LINKS =
      "links: {baseUrl: 'https://links.shop.example', keySecretRef: {name: links, key: keys}}";

  private static final String KEY = "privateKeySecretRef: {name: dkim, key: rsa.pem}";

  private static PlanCompiler compiler(String... manifests) {
    ResourceSet.Builder builder = ResourceSet.builder();
    builder.add(ResourceParser.parse("test.yaml", String.join("\n", manifests)));
    assertThat(builder.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    return new PlanCompiler(builder.build());
  }

  private static String transport(String... fields) {
    return """
        ---
        apiVersion: lettershop.dev/v1alpha1
        kind: MailTransport
        metadata: {name: default}
        spec:
          smtp: {host: smtp.example}
        """
        + String.join("\n", List.of(fields)).indent(2);
  }

  private static List<String> found(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(d -> d.resource() + " " + d.field() + ": " + d.message())
        .toList();
  }

  @Test
  void keysOfTheSendersDomainAndOfThoseAboveItSign() {
    PlanCompiler compiler =
        compiler(
            STORE.formatted("default"),
            CAMPAIGN,
            transport(
                LINKS,
                "dkim:",
                "- {domain: shop.example, selector: a, " + KEY + "}",
                "- {domain: mail.shop.example, selector: b, " + KEY + "}",
                "- {domain: other.example, selector: c, " + KEY + "}",
                "- {domain: op.example, selector: d, " + KEY + "}"));

    Compiled<PlanDocument> result = compiler.campaign("sale");

    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.value().plan().transport().dkim())
        .extracting(key -> key.selector())
        .containsExactly("a", "b");
    assertThat(result.value().plan().transport().bounces()).isNull();
  }

  @Test
  void alternativesAreOthersAndLeaveAShareForTheFirst() {
    assertThat(
            found(
                compiler(
                        STORE.formatted("default"),
                        transport(
                            "alternatives:",
                            "- {name: a, host: SMTP.example}",
                            "- {name: b, host: b.example, share: 60}",
                            "- {name: c, host: b.example, port: 465, tls: Implicit, share: 40}"))
                    .transport("default")
                    .diagnostics()))
        .containsExactlyInAnyOrder(
            "MailTransport/default spec.alternatives[0].host: smtp.example:587 is there already,"
                + " and cannot take its own place",
            "MailTransport/default spec.alternatives: their shares are 100 percent of the"
                + " connections, which leaves none for smtp");
  }

  @Test
  void alternativesAreInThePlan() {
    Compiled<PlanDocument> result =
        compiler(
                STORE.formatted("default"),
                CAMPAIGN,
                transport(LINKS, "alternatives: [{name: other, host: other.example, share: 25}]"))
            .campaign("sale");

    assertThat(result.diagnostics()).isEmpty();
    assertThat(PlanDocument.parse(result.value().json()).plan().transport().alternatives())
        .singleElement()
        .matches(other -> other.port() == 587 && other.share() == 25);
  }

  @Test
  void aKeyThatSignsNothingIsSaid() {
    PlanCompiler compiler =
        compiler(
            STORE.formatted("default"),
            CAMPAIGN,
            transport(
                LINKS,
                "from: {domains: [mail.shop.example]}",
                "dkim: [{domain: other.example, selector: a, " + KEY + "}]"));

    assertThat(found(compiler.campaign("sale").diagnostics()))
        .anyMatch(m -> m.contains("MailTransport/default spec.dkim[0].domain: signs no mail"))
        .anyMatch(m -> m.contains("spec.dkim: has no key for mails from \"mail.shop.example\""));
  }

  @Test
  void bouncesNeedAKeyAndThatOfLinksWillDo() {
    String bounces = "bounces: {domain: bounces.shop.example}";

    assertThat(
            found(
                compiler(STORE.formatted("default"), transport(bounces))
                    .transport("default")
                    .diagnostics()))
        .anyMatch(m -> m.contains("spec.bounces.keySecretRef: envelope senders must be signed"));
    Compiled<PlanDocument> withLinks =
        compiler(STORE.formatted("default"), CAMPAIGN, transport(LINKS, bounces)).campaign("sale");
    assertThat(withLinks.diagnostics()).isEmpty();
    assertThat(withLinks.value().plan().transport().bounces().keySecretRef().name())
        .isEqualTo("links");
  }

  @Test
  void bouncesAreOfOneStore() {
    PlanCompiler compiler =
        compiler(
            STORE.formatted("default"),
            STORE.formatted("other"),
            CAMPAIGN,
            transport(LINKS, "bounces: {domain: bounces.shop.example, storeRef: {name: other}}"));

    assertThat(found(compiler.campaign("sale").diagnostics()))
        .singleElement()
        .asString()
        .contains("Campaign/sale spec.transportRef.name")
        .contains("ProfileStore/other");
  }

  @Test
  void bouncesOfAStoreThatDoesNotExistAreAnError() {
    assertThat(
            found(
                compiler(transport(LINKS, "bounces: {domain: bounces.shop.example}"))
                    .transport("default")
                    .diagnostics()))
        .singleElement()
        .asString()
        .contains("spec.bounces.storeRef.name")
        .contains("does not exist");
  }

  @Test
  void thereIsAPlanOnlyForBouncesThatAreRead() {
    String bounces = "bounces: {domain: bounces.shop.example%s}";
    PlanCompiler unread =
        compiler(STORE.formatted("default"), transport(LINKS, bounces.formatted("")));
    PlanCompiler read =
        compiler(
            STORE.formatted("default"),
            transport(LINKS, bounces.formatted(", spool: {claimName: mail}")));

    assertThat(unread.bounces("default").value()).isNull();
    assertThat(unread.bounces("default").diagnostics()).isEmpty();
    BouncesPlan plan = read.bounces("default").value();
    assertThat(plan.bounces().spool().claimName()).isEqualTo("mail");
    assertThat(plan.bounces().softLimit().bounces()).isEqualTo(5);
    assertThat(plan.store().name()).isEqualTo("default");
    assertThat(plan.keySecretRef().name()).isEqualTo("links");
  }

  @Test
  void aSendersDomainMayBeInternationalAndIsComparedAsItIsSent() {
    PlanCompiler compiler =
        compiler(
            STORE.formatted("default"),
            transport(LINKS, "from: {domains: [xn--strae-oqa.example]}"),
            CAMPAIGN.replace("news@mail.shop.example", "news@straße.example"));

    assertThat(compiler.campaign("sale").diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
  }

  @Test
  void aSenderThatNoRelayTakesIsRefusedBeforeTheRun() {
    ResourceSet.Builder builder = ResourceSet.builder();
    builder.add(
        ResourceParser.parse(
            "test.yaml", CAMPAIGN.replace("news@mail.shop.example", "jörg@shop.example")));

    assertThat(builder.diagnostics())
        .filteredOn(Diagnostic::isError)
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.field()).isEqualTo("spec.from.address");
              assertThat(found.fix()).contains("Before the @ there are letters");
            });
  }
}

package dev.lettershop.worker.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.template.TemplatePreview;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.plan.TemplatePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mails filled in for the people of {@code spec.previews}. */
class PreviewerTest {
  private static final Instant NOW = Instant.parse("2027-03-01T09:30:00Z");

  private static final String STORE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: db.example, database: shop, credentialsSecretRef: {name: db}}
        attributes: [{name: first_name, type: String}]
        events:
        - name: cart_left
          properties:
          - {name: product, type: String}
          - {name: price, type: Double}
          - {name: quantity, type: Integer}
          - {name: image_url, type: String}
          - {name: delivery_slot, type: String}
      ---
      """;

  private static final String TEMPLATE =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: cart}
      spec:
        engine: Liquid
        subject: Your cart
        html: |
          <!DOCTYPE html><html lang="en"><body>
          {%% for e in events.cart_left %%}<p>{{ e.product }}|{{ e.price }}|{{ e.quantity }}|{{ e.image_url }}|{{ e.delivery_slot }}|{{ e.occurred_at | date: "%%d.%%m." }}</p>{%% endfor %%}
          {%% for r in recommendations %%}<i>{{ r.name }}|{{ r.price }}</i>{%% endfor %%}
          <b>{{ campaign.date | date }}</b>
          <a href="{{ links.unsubscribe }}">Unsubscribe</a></body></html>
        previews:
        - %s
      """;

  private record Shown(String html, List<Diagnostic> problems) {}

  private static Shown shown(String preview) {
    ResourceSet resources =
        ResourceSet.builder()
            .add(
                ResourceParser.parse(
                    "shop.yaml", STORE + TEMPLATE.formatted(preview.replace('\n', ' '))))
            .build();
    TemplatePlan plan = new PlanCompiler(resources).templatePlan("cart");
    assertThat(plan.template()).as(plan.diagnostics().toString()).isNotNull();
    PreviewSubject subject =
        new PreviewSubject(
            "template/cart",
            "cart",
            plan.template(),
            null,
            List.of(),
            Map.of(),
            plan.store(),
            null,
            List.of());
    List<TemplatePreview> previews = resources.emailTemplates().get("cart").getSpec().previews();
    Previewer previewer = new Previewer(NOW);
    SampleProfile sample = previewer.samples(subject, previews).get(0);
    return new Shown(
        previewer.fill(subject, sample).mail().html(), previewer.problems(subject, previews));
  }

  @Test
  void madeUpValuesLookLikeTheirFields() {
    Shown shown = shown("{name: somebody}");

    assertThat(shown.html())
        .contains(
            "<p>Trail jacket|129|2|https://images.shop.example/trail-jacket.jpg|Delivery slot|01.03.</p>")
        .contains("<i>Trail jacket|129</i><i>Merino socks|19.5</i>")
        .contains("<b>March 1, 2027</b>");
    assertThat(shown.problems()).isEmpty();
  }

  @Test
  void aPreviewSaysWhatHappenedAndWhatIsRecommended() {
    Shown shown =
        shown(
            """
            {name: somebody, locale: de, at: "2026-12-24T18:00:00+01:00",
             events: [{name: cart_left, ago: 3d, properties: {product: Tent, price: 300}}, {name: cart_left}],
             recommendations: [{id: stove, name: Stove, price: 49}]}
            """);

    assertThat(shown.html())
        .contains("<p>Trail jacket|129|", "|24.12.</p>")
        .contains(
            "<p>Tent|300|2|https://images.shop.example/trail-jacket.jpg|Delivery slot|21.12.</p>")
        .contains("<i>Stove|49</i>")
        .doesNotContain("Merino")
        .contains("<b>24. Dezember 2026</b>");
    assertThat(shown.problems()).isEmpty();
  }

  @Test
  void whatTheStoreDoesNotHaveIsReported() {
    Shown shown =
        shown(
            """
            {name: x, at: "2026-13-24T18:00:00Z", profile: {city: Rome},
             events: [{name: cart_lost}, {name: cart_left, properties: {price: much, weight: 3}}]}
            """);

    assertThat(shown.problems())
        .extracting(Diagnostic::message)
        .containsExactlyInAnyOrder(
            "preview x: the store has no attribute city",
            "preview x: the store has no event cart_lost",
            "preview x: price is not of type Double",
            "preview x: event cart_left has no property weight",
            "preview x: unknown moment 2026-13-24T18:00:00Z");
  }
}

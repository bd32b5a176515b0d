package dev.lettershop.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Audience;
import dev.lettershop.api.v1alpha1.campaign.UncertainPolicy;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.common.Mailbox;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.source.ProfileSourceSpec;
import dev.lettershop.api.v1alpha1.source.SourceIdentity;
import dev.lettershop.api.v1alpha1.store.OptIn;
import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import dev.lettershop.api.v1alpha1.transport.SmtpServer;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.job.PlanFiles;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanBuilder;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.template.CompiledTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanSizeTest {
  private static final Plan.Store STORE =
      new Plan.Store(
          "default",
          new PostgresqlConnection("pg.shop", null, "lettershop", new LocalRef("db"), null),
          List.of(),
          List.of());

  @Test
  void a_plan_that_fits_is_fine() {
    assertThat(check(template(900_000), Map.of(), List.of(), List.of())).isEmpty();
  }

  @Test
  void what_counts_is_the_compressed_size() {
    CompiledTemplate repetitive =
        CompiledTemplate.mustache("News", "all the same ".repeat(400_000), "");

    assertThat(check(Map.of("letter", repetitive), Map.of(), List.of(), List.of())).isEmpty();
  }

  @Test
  void a_large_template_is_named_with_its_size() {
    Diagnostic found =
        check(
                Map.of("letter", noise("letter", 300_000), "poster", noise("poster", 1_100_000)),
                Map.of(),
                List.of(),
                List.of())
            .orElseThrow();

    assertThat(found.isError()).isTrue();
    assertThat(found.resource()).isEqualTo(new ResourceRef("Campaign", "news"));
    assertThat(found.field()).isEqualTo("spec.content");
    assertThat(found.message())
        .matches(
            "comes to a plan of 1,\\d{3},\\d{3} bytes, compressed, and at most 1,000,000 fit into"
                + " a ConfigMap; largest in it: EmailTemplate/poster with 8\\d{2},\\d{3} bytes");
    assertThat(found.fix()).contains("link to them");
  }

  @Test
  void large_segments_are_named_when_they_are_what_is_large() {
    Map<String, String> segments = Map.of("one", text("one", 700_000), "two", text("two", 700_000));

    assertThat(check(template(100_000), segments, List.of(), List.of()).orElseThrow().message())
        .contains("largest in it: the segments with 1,0");
  }

  @Test
  void large_content_rules_are_named_when_they_are_what_is_large() {
    List<ContentRule> rules =
        List.of(new ContentRule("true", null, Map.of("body", text("rule", 1_400_000)), List.of()));

    assertThat(check(template(100_000), Map.of(), rules, List.of()).orElseThrow().message())
        .contains("largest in it: the content rules with 1,0");
  }

  @Test
  void large_sources_are_named_when_they_are_what_is_large() {
    ProfileSourceSpec spec =
        new ProfileSourceSpec(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new SourceIdentity("id", List.of(), null, null),
            List.of(new FieldMapping("city", text("source", 1_400_000))),
            null,
            null);
    SourcePlan source = new SourcePlan("shop", "crm", STORE, List.of("newsletter"), spec);

    assertThat(
            check(template(100_000), Map.of(), List.of(), List.of(source)).orElseThrow().message())
        .contains("largest in it: the sources that are read before each run with 1,0");
  }

  private static Optional<Diagnostic> check(
      Map<String, CompiledTemplate> templates,
      Map<String, String> segments,
      List<ContentRule> rules,
      List<SourcePlan> sources) {
    PlanDocument plan =
        PlanDocument.of(
            new PlanBuilder()
                .namespace("shop")
                .campaign("news")
                .store(STORE)
                .transport(
                    new Plan.Transport(
                        "default",
                        new SmtpServer("smtp.example", null, null, null, null, null, null),
                        null,
                        null))
                .from(new Mailbox(null, "news@shop.example"))
                .topic("newsletter")
                .optIn(OptIn.Double)
                .audience(new Audience(List.of(), List.of()))
                .segments(segments)
                .contentRules(rules)
                .template("letter")
                .templates(templates)
                .onUncertain(UncertainPolicy.Skip)
                .parallelism(1)
                .build());
    return PlanSize.check(PlanFiles.of(plan, sources), plan);
  }

  private static Map<String, CompiledTemplate> template(int length) {
    return Map.of("letter", noise("letter", length));
  }

  private static CompiledTemplate noise(String name, int length) {
    return CompiledTemplate.mustache("News", text(name, length), "");
  }

  /** Text of 64 letters in no order: compresses to about three quarters. */
  private static String text(String name, int length) {
    Random random = new Random(name.hashCode());
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + random.nextInt(64)));
    }
    return text.toString();
  }
}

package dev.lettershop.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lettershop.api.v1alpha1.store.PostgresqlConnection;
import dev.lettershop.plan.Compiled;
import dev.lettershop.plan.Plan;
import dev.lettershop.plan.PlanDocument;
import dev.lettershop.plan.SegmentPlan;
import dev.lettershop.plan.SourcePlan;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanFilesTest {
  private static final String SHOP =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: default}
      spec:
        postgresql: {host: db.example, database: shop, credentialsSecretRef: {name: db}}
        topics: [%s]
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileSource
      metadata: {name: crm}
      spec:
        file: {format: Csv, path: crm.csv, volume: {configMap: {name: crm}}}
        identity: {key: customer_id}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: everybody}
      spec: {expression: 'profile.email != ""'}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: default}
      spec: {subject: News, html: '<p>News</p><a href="{{links.unsubscribe}}">Unsubscribe</a>'}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: default}
      spec: {smtp: {host: smtp.example}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: news}
      spec:
        from: {address: news@shop.example}
        topic: newsletter
        audience: {include: [everybody]}
      """;

  @Test
  void aCampaignsFilesHoldItsPlanAndTheSourcesReadBefore() {
    PlanCompiler compiler = compiler("{name: newsletter, optIn: Double}");
    Compiled<PlanDocument> campaign = compiler.campaign("news");
    Compiled<SourcePlan> source = compiler.source("crm");

    PlanFiles files = PlanFiles.of(campaign.value(), List.of(source.value()));
    PlanFiles read = new PlanFiles(files.files());

    assertThat(read.campaign()).isEqualTo(campaign.value());
    assertThat(read.sources()).containsExactly(source.value());
    assertThat(files.hash()).isEqualTo(PlanFiles.of(campaign.value(), read.sources()).hash());
    assertThat(files.hash()).isNotEqualTo(PlanFiles.of(campaign.value(), List.of()).hash());
  }

  @Test
  void aSourceOfAStoreWithoutTopicsCanBeReadBack() {
    Compiled<SourcePlan> source = compiler("").source("crm");

    assertThat(PlanFiles.of(source.value()).sources()).containsExactly(source.value());
  }

  @Test
  void aSegmentsFilesHoldItsPlan() {
    SegmentPlan plan =
        new SegmentPlan(
            "shop",
            "vip",
            new Plan.Store(
                "default",
                new PostgresqlConnection("db.example", 5432, "shop", null, null),
                null,
                null),
            Map.of("vip", "true"));

    assertThat(PlanFiles.of(plan).segment()).isEqualTo(plan);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlanFiles(Map.of()).campaign())
        .withMessageContaining("campaign.json.gz");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PlanFiles(Map.of("sources.json.gz", "plain".getBytes())).sources())
        .withMessageContaining("sources.json.gz is not compressed with gzip");
  }

  private static PlanCompiler compiler(String topics) {
    ResourceSet.Builder builder = ResourceSet.builder();
    builder.add(ResourceParser.parse("shop.yaml", SHOP.formatted(topics)));
    assertThat(builder.diagnostics()).isEmpty();
    return new PlanCompiler(builder.build());
  }
}

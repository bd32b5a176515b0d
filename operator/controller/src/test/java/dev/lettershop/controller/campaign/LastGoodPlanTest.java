package dev.lettershop.controller.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.controller.cluster.OwnershipLabels;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.plan.compile.PlanCompiler;
import dev.lettershop.resource.ResourceParser;
import dev.lettershop.resource.ResourceSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastGoodPlanTest {
  private final Campaign campaign = campaign("[vip]", "");
  private final CronJob cronJob =
      new CronJobBuilder()
          .withNewMetadata()
          .withName("news")
          .withNamespace("shop")
          .withResourceVersion("7")
          .addToAnnotations(OwnershipLabels.ADDRESSING, addressing(campaign).text())
          .addToAnnotations("lettershop.dev/applied", "sha256:0")
          .endMetadata()
          .withNewSpec()
          .withSchedule("0 9 * * MON")
          .withTimeZone("Europe/Berlin")
          .withSuspend(false)
          .endSpec()
          .build();

  @Test
  void itGoesOnWhenOnlyTheContentIsBroken() {
    LastGoodPlan last =
        LastGoodPlan.of(
            cronJob, campaign, addressing(campaign), errors("spec.content.rules[0].when"));

    assertThat(last.reason()).isNull();
    assertThat(last.isAlready(cronJob)).isTrue();
  }

  @Test
  void itIsPausedWhenTheAudienceIsAnotherNow() {
    Campaign other = campaign("[vop]", "");
    LastGoodPlan last =
        LastGoodPlan.of(cronJob, other, addressing(other), errors("spec.audience.include[0]"));

    assertThat(last.cronJob().getSpec().getSuspend()).isTrue();
    assertThat(last.reason()).contains("mails other people");
  }

  @Test
  void itIsPausedWhenARuleOfTheAudienceIsAnotherNow() {
    LastGoodPlan last =
        LastGoodPlan.of(
            cronJob,
            campaign,
            AudienceFingerprint.of(campaign, compiler("profile.email != \"nobody\"")),
            errors("spec.content"));

    assertThat(last.reason()).contains("mails other people");
  }

  @Test
  void itGoesOnWhenARuleOfTheAudienceCannotBeTold() {
    LastGoodPlan last =
        LastGoodPlan.of(
            cronJob,
            campaign,
            AudienceFingerprint.of(campaign, compiler("profile.emial")),
            errors("spec.content"));

    assertThat(last.reason()).isNull();
  }

  @Test
  void itIsPausedWhenTheTopicIsGone() {
    LastGoodPlan last =
        LastGoodPlan.of(cronJob, campaign, addressing(campaign), errors("spec.topic"));

    assertThat(last.cronJob().getSpec().getSuspend()).isTrue();
    assertThat(last.reason()).contains("no longer allowed");
  }

  @Test
  void suspendIsFollowedThoughTheRestIsBroken() {
    LastGoodPlan last =
        LastGoodPlan.of(
            cronJob,
            campaign("[vip]", "suspend: true"),
            addressing(campaign),
            errors("spec.content"));

    assertThat(last.cronJob().getSpec().getSuspend()).isTrue();
    assertThat(last.reason()).isNull();
  }

  @Test
  void aSoundScheduleIsFollowedAndABrokenOneIsNot() {
    campaign.setSpec(
        campaign("[vip]", "schedule: {cron: '0 7 * * *', timeZone: Asia/Tokyo}").getSpec());

    assertThat(
            LastGoodPlan.of(cronJob, campaign, addressing(campaign), errors("spec.content"))
                .cronJob()
                .getSpec())
        .satisfies(
            spec -> {
              assertThat(spec.getSchedule()).isEqualTo("0 7 * * *");
              assertThat(spec.getTimeZone()).isEqualTo("Asia/Tokyo");
            });
    assertThat(
            LastGoodPlan.of(cronJob, campaign, addressing(campaign), errors("spec.schedule.cron"))
                .isAlready(cronJob))
        .isTrue();
  }

  @Test
  void whatTheServerAndTheLastApplicationAddedIsNotWishedFor() {
    var metadata =
        LastGoodPlan.of(cronJob, campaign, addressing(campaign), errors("spec.topic"))
            .cronJob()
            .getMetadata();

    assertThat(metadata.getResourceVersion()).isNull();
    assertThat(metadata.getAnnotations()).containsOnlyKeys(OwnershipLabels.ADDRESSING);
  }

  private static AudienceFingerprint addressing(Campaign campaign) {
    return AudienceFingerprint.of(campaign, compiler("profile.email != \"\""));
  }

  private static PlanCompiler compiler(String rule) {
    ResourceSet.Builder builder = ResourceSet.builder();
    builder.add(
        ResourceParser.parse(
            "shop.yaml",
            """
            apiVersion: lettershop.dev/v1alpha1
            kind: ProfileStore
            metadata: {name: default}
            spec:
              postgresql: {host: db.example, database: shop, credentialsSecretRef: {name: db}}
              topics: [{name: newsletter, optIn: Double}]
            ---
            apiVersion: lettershop.dev/v1alpha1
            kind: Segment
            metadata: {name: vip}
            spec: {expression: '%s'}
            """
                .formatted(rule)));
    return new PlanCompiler(builder.build());
  }

  private static List<Diagnostic> errors(String field) {
    return List.of(
        new Diagnostic(
            Severity.Error, new ResourceRef("Campaign", "news"), field, null, "is wrong", null));
  }

  private static Campaign campaign(String include, String more) {
    String schedule =
        more.startsWith("schedule")
            ? more
            : "schedule: {cron: '0 9 * * MON', timeZone: Europe/Berlin}\n  " + more;
    return Serialization.unmarshal(
        """
        apiVersion: lettershop.dev/v1alpha1
        kind: Campaign
        metadata: {name: news, namespace: shop}
        spec:
          from: {address: news@shop.example}
          topic: newsletter
          audience: {include: %s}
          %s
        """
            .formatted(include, schedule),
        Campaign.class);
  }
}

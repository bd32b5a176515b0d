package dev.lettershop.controller.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.job.PlanFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final PlanFiles NOTHING = new PlanFiles(Map.of());

  @Test
  void a_cron_job_is_named_after_its_resource_and_what_it_does() {
    assertThat(Names.cronJob(named(new Campaign(), "news"))).isEqualTo("news");
    assertThat(Names.cronJob(named(new ProfileSource(), "crm"))).isEqualTo("crm-sync");
    assertThat(Names.cronJob(named(new Segment(), "vip"))).isEqualTo("vip-refresh");
  }

  @Test
  void a_name_is_cut_when_it_is_longer_than_a_cron_job_may_have() {
    String source = "s".repeat(47);

    assertThat(Names.cronJob(named(new ProfileSource(), source))).isEqualTo(source + "-sync");
    assertThat(Names.cronJob(named(new ProfileSource(), source + "s")))
        .hasSize(52)
        .matches("s{44}-[0-9a-f]{7}");
  }

  @Test
  void names_that_begin_alike_stay_apart_when_they_are_cut() {
    String name = "s".repeat(52);

    assertThat(Names.cronJob(named(new ProfileSource(), name)))
        .isNotEqualTo(Names.cronJob(named(new Segment(), name)));
  }

  @Test
  void a_cut_leaves_no_dot_or_dash_before_the_digits() {
    String name = "s".repeat(42) + ".-" + "t".repeat(8);

    assertThat(Names.cronJob(named(new Segment(), name))).matches("s{42}-[0-9a-f]{7}");
  }

  @Test
  void a_plan_is_named_after_its_resource_and_its_content() {
    String digits = NOTHING.hash().substring(0, 12);

    assertThat(Names.plan(named(new Campaign(), "news"), NOTHING)).isEqualTo("news-plan-" + digits);
    assertThat(Names.plan(named(new ProfileSource(), "crm"), NOTHING))
        .isEqualTo("crm-sync-plan-" + digits);
    assertThat(Names.plan(named(new Segment(), "vip"), NOTHING))
        .isEqualTo("vip-refresh-plan-" + digits);
  }

  @ParameterizedTest
  @CsvSource({
    "lettershop-db, secret-lettershop-db",
    "pg.shop, secret-pg-shop-[0-9a-f]{7}",
    "pg-shop, secret-pg-shop",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, secret-a{48}-[0-9a-f]{7}"
  })
  void a_volume_has_a_name_of_its_own_that_is_a_dns_label(String secret, String volume) {
    assertThat(Names.volume("secret", secret)).matches(volume).hasSizeLessThanOrEqualTo(63);
  }

  private static HasMetadata named(HasMetadata resource, String name) {
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    return resource;
  }
}

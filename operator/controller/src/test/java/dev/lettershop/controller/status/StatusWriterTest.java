package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.common.Condition;
import dev.lettershop.api.v1alpha1.common.ConditionStatus;
import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunSpec;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.controller.status.StatusWriter.Result;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class StatusWriterTest {
  private static final Path CRD = Path.of("../../crds/campaignruns.lettershop.dev.yaml");

  KubernetesMockServer server;
  KubernetesClient client;

  private StatusWriter writer;
  private CampaignRun cached;

  @BeforeEach
  void aRunAtTheServer() throws IOException {
    try (InputStream crd = Files.newInputStream(CRD)) {
      client.load(crd).create();
    }
    CampaignRun run = new CampaignRun();
    run.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName("spring-1").build());
    run.setSpec(new CampaignRunSpec(new LocalRef("spring"), null, null, null));
    cached = client.resource(run).create();
    writer = new StatusWriter(client);
  }

  @Test
  void a_new_status_is_written() {
    assertThat(writer.write(cached, run -> status("Pending"))).isEqualTo(Result.WRITTEN);

    assertThat(atServer().getStatus()).isEqualTo(status("Pending"));
  }

  @Test
  void the_object_that_was_handed_over_stays_as_it_is() {
    writer.write(cached, run -> status("Pending"));

    assertThat(cached.getStatus()).isNull();
  }

  @Test
  void an_equal_status_costs_no_request() {
    writer.write(cached, run -> status("Pending"));
    CampaignRun seen = atServer();
    int before = server.getRequestCount();

    assertThat(writer.write(seen, run -> status("Pending"))).isEqualTo(Result.UNCHANGED);
    assertThat(server.getRequestCount()).isEqualTo(before);
  }

  @Test
  void a_transition_time_alone_is_no_news() {
    writer.write(cached, run -> status("Pending", "2026-11-01T09:00:00Z"));
    CampaignRun seen = atServer();

    assertThat(writer.write(seen, run -> status("Pending", "2026-11-01T10:00:00Z")))
        .isEqualTo(Result.UNCHANGED);
    assertThat(writer.write(seen, run -> status("Waiting", "2026-11-01T10:00:00Z")))
        .isEqualTo(Result.WRITTEN);
  }

  @Test
  void the_spec_is_never_written() {
    CampaignRun altered = atServer();
    altered.setSpec(new CampaignRunSpec(new LocalRef("spring"), null, null, true));

    writer.write(altered, run -> status("Pending"));

    assertThat(atServer().getSpec().suspend()).isFalse();
  }

  @Test
  void an_object_that_was_deleted_needs_no_status() {
    client.resource(cached).delete();

    assertThat(writer.write(cached, run -> status("Pending"))).isEqualTo(Result.GONE);
  }

  private CampaignRun atServer() {
    return client.resources(CampaignRun.class).inNamespace("shop").withName("spring-1").get();
  }

  private static CampaignRunStatus status(String reason) {
    return status(reason, "2026-11-01T09:00:00Z");
  }

  private static CampaignRunStatus status(String reason, String time) {
    return new CampaignRunStatus(
        1L,
        List.of(new Condition("Succeeded", ConditionStatus.Unknown, reason, "", time, 1L)),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}

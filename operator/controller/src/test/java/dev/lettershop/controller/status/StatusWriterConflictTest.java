package dev.lettershop.controller.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.api.v1alpha1.common.LocalRef;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.run.CampaignRunSpec;
import dev.lettershop.api.v1alpha1.run.CampaignRunStatus;
import dev.lettershop.api.v1alpha1.run.ShardStatus;
import dev.lettershop.controller.status.StatusWriter.Result;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server is told what to answer: the mock's own store never refuses a stale status. */
@EnableKubernetesMockClient(https = false)
class StatusWriterConflictTest {
  private static final String PATH =
      "/apis/lettershop.dev/v1alpha1/namespaces/shop/campaignruns/spring-1";
  private static final CampaignRunStatus WANTED = status(Map.of());

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void a_write_is_held_to_the_version_that_was_read() throws InterruptedException {
    answerPut(200, 1);

    assertThat(write(run("7", 1, "uid-1"), WANTED)).isEqualTo(Result.WRITTEN);

    assertThat(puts())
        .singleElement()
        .satisfies(r -> assertThat(r.getMetadata().getResourceVersion()).isEqualTo("7"));
  }

  @Test
  void what_a_worker_patched_meanwhile_stays() throws InterruptedException {
    Map<String, ShardStatus> patched =
        Map.of("1", new ShardStatus(null, null, null, 7L, null, null, null, null, null));
    CampaignRun fresh = run("8", 1, "uid-1");
    fresh.setStatus(status(patched));
    answerPut(409, 1);
    answerGet(fresh);
    answerPut(200, 1);

    Result result =
        new StatusWriter(client)
            .write(
                run("7", 1, "uid-1"),
                run -> withPlan(run.getStatus() == null ? Map.of() : run.getStatus().shards()));

    assertThat(result).isEqualTo(Result.WRITTEN);
    List<CampaignRun> puts = puts();
    assertThat(puts).hasSize(2);
    assertThat(puts.get(1).getMetadata().getResourceVersion()).isEqualTo("8");
    assertThat(puts.get(1).getStatus().shards()).isEqualTo(patched);
    assertThat(puts.get(1).getStatus().planHash()).isEqualTo("sha256:00");
  }

  @Test
  void a_conflict_after_which_nothing_is_left_to_say_ends_it() throws InterruptedException {
    CampaignRun fresh = run("8", 1, "uid-1");
    fresh.setStatus(WANTED);
    answerPut(409, 1);
    answerGet(fresh);

    assertThat(write(run("7", 1, "uid-1"), WANTED)).isEqualTo(Result.UNCHANGED);
    assertThat(puts()).hasSize(1);
  }

  @Test
  void others_who_write_faster_win_after_five_more_tries() throws InterruptedException {
    answerPut(409, 100);
    server.expect().get().withPath(PATH).andReturn(200, run("8", 1, "uid-1")).always();

    assertThatThrownBy(() -> write(run("7", 1, "uid-1"), WANTED))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(puts()).hasSize(6);
  }

  @Test
  void what_the_server_refuses_is_not_tried_again() throws InterruptedException {
    answerPut(422, 100);

    assertThatThrownBy(() -> write(run("7", 1, "uid-1"), WANTED))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(puts()).hasSize(1);
  }

  @Test
  void a_spec_that_changed_meanwhile_is_not_judged_by_the_old_one() throws InterruptedException {
    answerPut(409, 1);
    answerGet(run("8", 2, "uid-1"));

    assertThat(write(run("7", 1, "uid-1"), WANTED)).isEqualTo(Result.SUPERSEDED);
    assertThat(puts()).hasSize(1);
  }

  @Test
  void a_namesake_that_was_made_anew_does_not_get_the_status_of_the_old_one()
      throws InterruptedException {
    answerPut(409, 1);
    answerGet(run("8", 1, "uid-2"));

    assertThat(write(run("7", 1, "uid-1"), WANTED)).isEqualTo(Result.GONE);
    assertThat(puts()).hasSize(1);
  }

  @Test
  void an_object_that_goes_between_two_tries_needs_no_status() throws InterruptedException {
    answerPut(409, 1);
    server.expect().get().withPath(PATH).andReturn(404, new StatusBuilder().build()).once();

    assertThat(write(run("7", 1, "uid-1"), WANTED)).isEqualTo(Result.GONE);
  }

  private Result write(CampaignRun cached, CampaignRunStatus status) {
    return new StatusWriter(client).write(cached, run -> status);
  }

  private void answerPut(int code, int times) {
    Object body = code == 200 ? run("9", 1, "uid-1") : new StatusBuilder().withCode(code).build();
    server.expect().put().withPath(PATH + "/status").andReturn(code, body).times(times);
  }

  private void answerGet(CampaignRun run) {
    server.expect().get().withPath(PATH).andReturn(200, run).once();
  }

  /** What was sent, in order. */
  private List<CampaignRun> puts() throws InterruptedException {
    List<CampaignRun> puts = new ArrayList<>();
    for (int left = server.getRequestCount(); left > 0; left--) {
      RecordedRequest request = server.takeRequest();
      if ("PUT".equals(request.getMethod())) {
        puts.add(
            client
                .getKubernetesSerialization()
                .unmarshal(request.getBody().readUtf8(), CampaignRun.class));
      }
    }
    return puts;
  }

  private static CampaignRun run(String version, long generation, String uid) {
    CampaignRun run = new CampaignRun();
    run.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("spring-1")
            .withUid(uid)
            .withGeneration(generation)
            .withResourceVersion(version)
            .build());
    run.setSpec(new CampaignRunSpec(new LocalRef("spring"), null, null, null));
    return run;
  }

  private static CampaignRunStatus withPlan(Map<String, ShardStatus> shards) {
    return new CampaignRunStatus(1L, null, "sha256:00", null, null, null, null, null, shards);
  }

  private static CampaignRunStatus status(Map<String, ShardStatus> shards) {
    return new CampaignRunStatus(1L, null, null, null, null, null, null, null, shards);
  }
}

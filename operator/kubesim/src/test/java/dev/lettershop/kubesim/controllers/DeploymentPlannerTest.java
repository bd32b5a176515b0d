package dev.lettershop.kubesim.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeploymentPlannerTest {
  private final Random random = new Random(1);

  private static Deployment deployment(int replicas, String image) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("web")
        .withUid("uid-1")
        .withGeneration(3L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", "web")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("web")
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private Pod pod(Deployment of, String phase, boolean ready) {
    return new PodBuilder(DeploymentPlanner.pod(of, random))
        .withNewStatus()
        .withPhase(phase)
        .addNewCondition()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void a_new_one_gets_all_its_pods() {
    DeploymentPlan plan = DeploymentPlanner.plan(deployment(2, "v1"), List.of());

    assertThat(plan.missing()).isEqualTo(2);
    assertThat(plan.status().getReadyReplicas()).isNull();
    assertThat(plan.status().getObservedGeneration()).isEqualTo(3);
  }

  @Test
  void old_pods_stay_until_all_new_ones_are_ready() {
    Deployment v1 = deployment(2, "v1");
    Deployment v2 = deployment(2, "v2");
    List<Pod> pods = new ArrayList<>(List.of(pod(v1, "Running", true), pod(v1, "Running", true)));

    assertThat(DeploymentPlanner.plan(v2, pods).missing()).isEqualTo(2);
    pods.add(pod(v2, "Running", true));
    pods.add(pod(v2, "Running", false));
    DeploymentPlan half = DeploymentPlanner.plan(v2, pods);
    assertThat(half.missing()).isZero();
    assertThat(half.surplus()).isEmpty();
    assertThat(half.status().getUpdatedReplicas()).isEqualTo(2);
    assertThat(half.status().getReadyReplicas()).isEqualTo(3);

    pods.set(3, pod(v2, "Running", true));
    assertThat(DeploymentPlanner.plan(v2, pods).surplus())
        .containsExactlyInAnyOrder(pods.get(0), pods.get(1));
  }

  @Test
  void a_pod_that_ended_is_replaced_and_not_beside_itself() {
    Deployment web = deployment(1, "v1");
    Pod ended = pod(web, "Failed", false);

    DeploymentPlan plan = DeploymentPlanner.plan(web, List.of(ended));

    assertThat(plan.ended()).containsExactly(ended);
    assertThat(plan.missing()).isZero();
  }

  @Test
  void fewer_replicas_let_the_others_go() {
    Deployment web = deployment(1, "v1");

    DeploymentPlan plan =
        DeploymentPlanner.plan(web, List.of(pod(web, "Running", true), pod(web, "Running", true)));

    assertThat(plan.surplus()).hasSize(1);
  }
}

package dev.lettershop.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class LeaseHandoverTest {
  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void itsOwnLeaseIsLeftWithoutAHolder() {
    LeaseHandover handover = new LeaseHandover(client, "lead");
    hold(handover.identity());

    handover.release();

    assertThat(lease().getSpec().getHolderIdentity()).isNull();
    assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(1);
    assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(7);
  }

  @Test
  void theLeaseOfAnotherIsLeftAlone() {
    hold("another");

    new LeaseHandover(client, "lead").release();

    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("another");
    assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
  }

  @Test
  void withoutALeaseOrAnApiServerItEndsAllTheSame() {
    LeaseHandover handover = new LeaseHandover(client, "lead");
    assertThatCode(handover::release).doesNotThrowAnyException();

    server
        .expect()
        .get()
        .withPath("/apis/coordination.k8s.io/v1/namespaces/test/leases/lead")
        .andReturn(403, "no")
        .always();

    assertThatCode(handover::release).doesNotThrowAnyException();
  }

  @Test
  void noTwoStartsAreTakenForOne() {
    assertThat(new LeaseHandover(client, "lead").identity())
        .isNotEqualTo(new LeaseHandover(client, "lead").identity());
  }

  private void hold(String holder) {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName("lead")
                .withNamespace(client.getNamespace())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(15)
                .withLeaseTransitions(7)
                .endSpec()
                .build())
        .create();
  }

  private Lease lease() {
    return client.leases().inNamespace(client.getNamespace()).withName("lead").get();
  }
}

package dev.lettershop.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

class EndingNamespaceTest {
  @Test
  void a_namespace_that_is_being_deleted_is_told_from_a_missing_right() {
    assertThat(EndingNamespace.refused(forbidden("NamespaceTerminating"))).isTrue();
    assertThat(EndingNamespace.refused(forbidden("FieldValueForbidden"))).isFalse();
    assertThat(
            EndingNamespace.refused(
                new KubernetesClientException(new StatusBuilder().withCode(403).build())))
        .isFalse();
    assertThat(EndingNamespace.refused(new KubernetesClientException("no answer"))).isFalse();
  }

  private static KubernetesClientException forbidden(String cause) {
    return new KubernetesClientException(
        new StatusBuilder()
            .withCode(403)
            .withNewDetails()
            .addNewCause("metadata.namespace", "not allowed", cause)
            .endDetails()
            .build());
  }
}

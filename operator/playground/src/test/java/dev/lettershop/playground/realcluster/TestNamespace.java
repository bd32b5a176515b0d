package dev.lettershop.playground.realcluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.UUID;

/** A namespace that takes restricted Pods only, and goes when it is closed. */
final class TestNamespace implements AutoCloseable {
  static final String CONTROLLER = "lettershop-controller";
  private static final long TOKEN_SECONDS = 3600;

  private final Cluster cluster;
  private final String name;

  private TestNamespace(Cluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
  }

  static TestNamespace create(Cluster cluster) {
    String name = "lettershop-test-" + UUID.randomUUID().toString().substring(0, 8);
    cluster
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    return new TestNamespace(cluster, name);
  }

  String name() {
    return name;
  }

  /** Where this namespace's resources of one of our kinds are. */
  String path(String plural) {
    return Api.path(name, plural);
  }

  /**
   * Makes the controller's ServiceAccount here, with the shipped role bound in this namespace only.
   *
   * @return its token
   */
  String admitController() {
    cluster
        .client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(CONTROLLER)
                .withNamespace(name)
                .endMetadata()
                .build())
        .serverSideApply();
    cluster
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(CONTROLLER)
                .withNamespace(name)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", CONTROLLER)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(CONTROLLER)
                .withNamespace(name)
                .endSubject()
                .build())
        .serverSideApply();
    return token(CONTROLLER);
  }

  /** A token of a ServiceAccount of this namespace. */
  String token(String serviceAccount) {
    return cluster
        .client()
        .serviceAccounts()
        .inNamespace(name)
        .withName(serviceAccount)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  KubernetesClient as(String serviceAccount) {
    return cluster.as(token(serviceAccount));
  }

  @Override
  public void close() {
    cluster.client().namespaces().withName(name).delete();
  }
}

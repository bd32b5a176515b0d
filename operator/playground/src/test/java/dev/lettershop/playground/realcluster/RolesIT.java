package dev.lettershop.playground.realcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server allows somebody who has the shipped controller role in one namespace. */
@Tag("cluster")
class RolesIT {
  private static final String[] VERBS = {
    "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"
  };

  private static Cluster cluster;
  private static TestNamespace namespace;
  private static TestNamespace other;
  private static KubernetesClient controller;

  @BeforeAll
  static void connect() throws Exception {
    cluster = Cluster.connect();
    namespace = cluster.namespace();
    other = cluster.namespace();
    controller = cluster.as(namespace.admitController());
  }

  @AfterAll
  static void leave() throws Exception {
    if (controller != null) {
      controller.close();
      other.close();
      namespace.close();
      cluster.close();
    }
  }

  @Test
  void theControllerCannotTouchSecrets() throws Exception {
    assertThat(List.of(VERBS)).noneMatch(verb -> allowed(verb, "", "secrets"));

    Answer read = new Api(controller).get("/api/v1/namespaces/" + namespace.name() + "/secrets");

    assertThat(read.code()).as(read.body()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "watch, lettershop.dev, campaigns",
    "create, lettershop.dev, campaignruns",
    "update, lettershop.dev, campaigns/status",
    "create, batch, cronjobs",
    "watch, '', pods",
    "get, '', namespaces",
    "create, rbac.authorization.k8s.io, rolebindings"
  })
  void theControllerMayDoItsWork(String verb, String group, String resource) {
    assertThat(allowed(verb, group, resource)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "update, lettershop.dev, campaigns",
    "patch, lettershop.dev, campaignruns",
    "patch, lettershop.dev, emailtemplates/status",
    "delete, lettershop.dev, segments",
    "create, '', pods",
    "create, '', pods/exec",
    "get, '', pods/log",
    "update, '', configmaps",
    "list, '', namespaces",
    "delete, '', namespaces",
    "create, '', serviceaccounts/token",
    "escalate, rbac.authorization.k8s.io, roles",
    "bind, rbac.authorization.k8s.io, roles",
    "impersonate, '', users"
  })
  void theControllerMayDoNothingElse(String verb, String group, String resource) {
    assertThat(allowed(verb, group, resource)).isFalse();
  }

  @Test
  void aRoleBoundInOneNamespaceEndsThere() throws Exception {
    Api api = new Api(controller);

    assertThat(api.get(namespace.path("campaigns")).code()).isEqualTo(200);
    assertThat(api.get(other.path("campaigns")).code()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "campaignruns/status",
        "campaigns/status",
        "mailtransports/status",
        "models/status",
        "profilesources/status",
        "profilestores/status",
        "segments/status"
      })
  void theControllerMayGrantWhatWorkersNeed(String resource) throws Exception {
    assertThat(grant("lettershop.dev", resource, "patch").code()).isEqualTo(201);
  }

  @Test
  void theControllerCannotGrantWhatItDoesNotHold() throws Exception {
    Answer secrets = grant("", "secrets", "get");

    assertThat(secrets.code()).isEqualTo(403);
    assertThat(secrets.message()).contains("attempting to grant RBAC permissions");
  }

  private static Answer grant(String group, String resource, String verb) throws Exception {
    String role =
        """
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "granted"},
         "rules": [{"apiGroups": ["%s"], "resources": ["%s"], "verbs": ["%s"]}]}
        """
            .formatted(group, resource, verb);
    return new Api(controller)
        .post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/"
                + namespace.name()
                + "/roles?dryRun=All",
            role);
  }

  private static boolean allowed(String verb, String group, String resource) {
    String[] parts = resource.split("/", 2);
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withNamespace(namespace.name())
            .withVerb(verb)
            .withGroup(group)
            .withResource(parts[0])
            .withSubresource(parts.length == 2 ? parts[1] : null)
            .endResourceAttributes()
            .endSpec()
            .build();
    return controller
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}

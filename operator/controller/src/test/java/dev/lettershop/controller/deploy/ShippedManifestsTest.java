package dev.lettershop.controller.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.controller.workload.WorkerAccess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedManifestsTest {
  private static final String NAME = "lettershop-controller";

  @Test
  void kustomizeIsToldOfEveryFileAndOfTheCrds() throws IOException {
    JsonNode kustomization =
        Serialization.unmarshal(
            Files.readString(ShippedManifests.FOLDER.resolve(ShippedManifests.KUSTOMIZATION)),
            JsonNode.class);
    List<String> expected = new ArrayList<>(ShippedManifests.files());
    expected.add("../crds");

    assertThat(kustomization.get("resources"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void nothingIsTiedToANamespace() throws IOException {
    assertThat(ShippedManifests.all())
        .extracting(HasMetadata::getMetadata)
        .allSatisfy(metadata -> assertThat(metadata.getNamespace()).isNull());
  }

  @Test
  void noRoleHasAWildcard() throws IOException {
    assertThat(Rights.of(allRules())).isNotEmpty().noneMatch(right -> right.contains("*"));
    assertThat(allRules()).allMatch(rule -> rule.getNonResourceURLs().isEmpty());
  }

  @Test
  void noRoleSeesASecret() throws IOException {
    assertThat(Rights.of(allRules())).noneMatch(right -> right.contains("secrets"));
  }

  @Test
  void whatPeopleWriteIsNeverChanged() throws IOException {
    assertThat(Rights.of(controllerRules()))
        .filteredOn(right -> right.endsWith(".lettershop.dev") && !right.contains("/"))
        .filteredOn(right -> !right.matches("(get|list|watch) .*"))
        .containsExactly(
            "create campaignruns.lettershop.dev", "delete campaignruns.lettershop.dev");
  }

  @Test
  void leasesAreOfTheOwnNamespaceOnly() throws IOException {
    Role leaderElection = ShippedManifests.only(Role.class, "lettershop-leader-election");

    assertThat(Rights.of(leaderElection.getRules())).allMatch(right -> right.contains("leases"));
    assertThat(Rights.of(controllerRules())).noneMatch(right -> right.contains("leases"));
  }

  @Test
  void workersAreGivenNothingThatTheControllerDoesNotHold() throws IOException {
    List<PolicyRule> worker =
        WorkerAccess.of("shop").stream()
            .filter(Role.class::isInstance)
            .flatMap(role -> ((Role) role).getRules().stream())
            .toList();

    assertThat(Rights.of(worker))
        .containsExactly(
            "patch campaignruns/status.lettershop.dev",
            "patch profilesources/status.lettershop.dev",
            "patch segments/status.lettershop.dev");
    assertThat(Rights.of(controllerRules())).containsAll(Rights.of(worker));
  }

  @Test
  void thePodIsRestricted() throws IOException {
    PodSpec pod = ShippedManifests.only(Deployment.class, NAME).getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().get(0);

    assertThat(pod.getContainers()).hasSize(1);
    assertThat(pod.getServiceAccountName()).isEqualTo(NAME);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getResources().getLimits()).containsKey("memory");
  }

  private static List<PolicyRule> controllerRules() throws IOException {
    return ShippedManifests.only(ClusterRole.class, NAME).getRules();
  }

  private static List<PolicyRule> allRules() throws IOException {
    List<PolicyRule> rules = new ArrayList<>();
    for (HasMetadata object : ShippedManifests.all()) {
      if (object instanceof ClusterRole role) {
        rules.addAll(role.getRules());
      } else if (object instanceof Role role) {
        rules.addAll(role.getRules());
      }
    }
    return rules;
  }
}

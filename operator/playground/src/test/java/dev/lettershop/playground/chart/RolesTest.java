package dev.lettershop.playground.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.controller.workload.WorkerAccess;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RolesTest {
  private static final Chart.Rendered OWN = Chart.render("");
  private static final Chart.Rendered ALL = Chart.render("watch: {scope: All}");
  private static final String CONTROLLER = "lettershop-controller";

  @Test
  void theRightsAreTheSameWhereverTheControllerWatches() {
    assertThat(Rights.of(OWN.only(Role.class, CONTROLLER).getRules()))
        .isEqualTo(Rights.of(controllerRules()));
  }

  @Test
  void noRoleHasAWildcard() {
    assertThat(Rights.of(allRules())).isNotEmpty().noneMatch(right -> right.contains("*"));
    assertThat(allRules()).allMatch(rule -> rule.getNonResourceURLs().isEmpty());
  }

  @Test
  void noRoleSeesASecret() {
    assertThat(Rights.of(allRules())).noneMatch(right -> right.contains("secrets"));
  }

  @Test
  void whatPeopleWriteIsNeverChanged() {
    assertThat(Rights.of(controllerRules()))
        .filteredOn(right -> right.endsWith(".lettershop.dev") && !right.contains("/"))
        .filteredOn(right -> !right.matches("(get|list|watch) .*"))
        .containsExactly(
            "create campaignruns.lettershop.dev", "delete campaignruns.lettershop.dev");
  }

  @Test
  void leasesAreOfTheOwnNamespaceOnly() {
    Role leaderElection = ALL.only(Role.class, "lettershop-leader-election");

    assertThat(leaderElection.getMetadata().getNamespace()).isEqualTo(Chart.NAMESPACE);
    assertThat(Rights.of(leaderElection.getRules())).allMatch(right -> right.contains("leases"));
    assertThat(Rights.of(controllerRules())).noneMatch(right -> right.contains("leases"));
  }

  @Test
  void workersAreGivenNothingThatTheControllerDoesNotHold() {
    List<PolicyRule> worker =
        WorkerAccess.of("shop").stream()
            .filter(Role.class::isInstance)
            .flatMap(role -> ((Role) role).getRules().stream())
            .toList();

    assertThat(Rights.of(worker))
        .isNotEmpty()
        .allMatch(right -> right.matches("patch [a-z]+/status.lettershop.dev"));
    assertThat(Rights.of(controllerRules())).containsAll(Rights.of(worker));
  }

  @Test
  void everyRoleOfTheClusterSeesEveryKind() {
    Set<String> kinds = new TreeSet<>();
    Chart.render("")
        .all("CustomResourceDefinition")
        .forEach(crd -> kinds.add("get " + crd.at("/metadata/name").asText()));

    assertThat(rights("lettershop-view")).containsAll(kinds);
    assertThat(rights("lettershop-template-editor")).containsAll(kinds);
    assertThat(aggregates("lettershop-view")).containsExactly("admin", "edit", "view");
  }

  @Test
  void whoEditsSendsAndWhoAdministersSaysWhereProfilesLive() {
    assertThat(aggregates("lettershop-edit")).containsExactly("admin", "edit");
    assertThat(aggregates("lettershop-admin")).containsExactly("admin");
    assertThat(rights("lettershop-edit"))
        .contains("create campaignruns.lettershop.dev", "update campaigns.lettershop.dev")
        .noneMatch(right -> right.matches(".*(mailtransports|profilestores|profilesources).*"));
    assertThat(rights("lettershop-admin"))
        .contains("create mailtransports.lettershop.dev", "update profilestores.lettershop.dev");
    Set<String> written = new TreeSet<>(rights("lettershop-edit"));
    written.addAll(rights("lettershop-admin"));
    for (var crd : OWN.all("CustomResourceDefinition")) {
      assertThat(written).contains("create " + crd.at("/metadata/name").asText());
    }
  }

  @Test
  void whoMayEditTemplatesMayNotSend() {
    assertThat(aggregates("lettershop-template-editor")).isEmpty();
    assertThat(rights("lettershop-template-editor"))
        .filteredOn(right -> !right.matches("(get|list|watch) .*"))
        .allMatch(right -> right.endsWith(" emailtemplates.lettershop.dev"))
        .isNotEmpty();
  }

  @Test
  void nobodyIsGivenStatuses() {
    for (String role : List.of("view", "edit", "admin", "template-editor")) {
      assertThat(rights("lettershop-" + role)).noneMatch(right -> right.contains("/status"));
    }
  }

  private static Set<String> rights(String role) {
    return Rights.of(OWN.only(ClusterRole.class, role).getRules());
  }

  private static Set<String> aggregates(String role) {
    String prefix = "rbac.authorization.k8s.io/aggregate-to-";
    Set<String> into = new TreeSet<>();
    OWN.only(ClusterRole.class, role).getMetadata().getLabels().keySet().stream()
        .filter(label -> label.startsWith(prefix))
        .forEach(label -> into.add(label.substring(prefix.length())));
    return into;
  }

  private static List<PolicyRule> controllerRules() {
    return ALL.only(ClusterRole.class, CONTROLLER).getRules();
  }

  private static List<PolicyRule> allRules() {
    List<PolicyRule> rules = new ArrayList<>();
    for (var object : ALL.objects()) {
      HasMetadata read =
          object.path("kind").asText().endsWith("Role")
              ? Serialization.unmarshal(object.toString())
              : null;
      if (read instanceof ClusterRole role) {
        rules.addAll(role.getRules());
      } else if (read instanceof Role role) {
        rules.addAll(role.getRules());
      }
    }
    return rules;
  }
}

package dev.lettershop.playground.chart;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What rules of a role come to: one line for each verb on each resource of each group. */
public final class Rights {
  private Rights() {}

  public static Set<String> of(List<PolicyRule> rules) {
    Set<String> rights = new TreeSet<>();
    for (PolicyRule rule : rules) {
      for (String group : nonNull(rule.getApiGroups())) {
        for (String resource : nonNull(rule.getResources())) {
          for (String verb : nonNull(rule.getVerbs())) {
            rights.add(verb + " " + resource + (group.isEmpty() ? "" : "." + group));
          }
        }
      }
    }
    return rights;
  }

  private static Collection<String> nonNull(Collection<String> values) {
    return values == null ? List.of() : values;
  }
}

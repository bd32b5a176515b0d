package dev.lettershop.playground.api;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;

/**
 * A namespaced kind and the names that people may call it by.
 *
 * @param group empty for the core group
 * @param shortNames as in {@code kubectl get po}
 */
public record ResourceKind(
    String group,
    String version,
    String kind,
    String plural,
    String singular,
    List<String> shortNames) {
  public ResourceKind {
    shortNames = List.copyOf(shortNames);
  }

  /** {@code lettershop.dev/v1alpha1}, or {@code v1} in the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code campaign.lettershop.dev}, or {@code pod} in the core group. */
  public String qualified() {
    return group.isEmpty() ? singular : singular + "." + group;
  }

  /** {@code campaign.lettershop.dev/autumn-sale}. */
  public String qualified(String name) {
    return qualified() + "/" + name;
  }

  /** Whether a text, in lower case, names this kind. */
  boolean isCalled(String text) {
    return text.equals(plural)
        || text.equals(singular)
        || shortNames.contains(text)
        || text.equals(plural + "." + group)
        || text.equals(qualified());
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}

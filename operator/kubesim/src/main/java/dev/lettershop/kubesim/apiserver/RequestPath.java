package dev.lettershop.kubesim.apiserver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The path of a request for objects.
 *
 * @param group empty for the core group
 * @param namespace null for all, and for objects of the cluster
 * @param name null for a collection
 * @param subresource such as {@code status}, or null
 */
record RequestPath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource) {
  private static final Set<String> OF_NAMESPACES = Set.of("status", "finalize");

  /** Empty when the path is not one of objects, such as that of a group. */
  static Optional<RequestPath> parse(String path) {
    List<String> steps = new ArrayList<>(Arrays.asList(path.split("/")));
    steps.removeIf(String::isEmpty);
    int head = steps.isEmpty() ? 0 : steps.get(0).equals("api") ? 2 : 3;
    boolean api = !steps.isEmpty() && (steps.get(0).equals("api") || steps.get(0).equals("apis"));
    if (!api || steps.size() <= head) {
      return Optional.empty();
    }
    String group = head == 2 ? "" : steps.get(1);
    String version = steps.get(head - 1);
    List<String> rest = steps.subList(head, steps.size());
    String namespace = null;
    if (rest.size() > 2
        && rest.get(0).equals("namespaces")
        && !(rest.size() == 3 && OF_NAMESPACES.contains(rest.get(2)))) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    if (rest.size() > 3) {
      return Optional.empty();
    }
    return Optional.of(
        new RequestPath(
            group,
            version,
            namespace,
            rest.get(0),
            rest.size() > 1 ? rest.get(1) : null,
            rest.size() > 2 ? rest.get(2) : null));
  }
}

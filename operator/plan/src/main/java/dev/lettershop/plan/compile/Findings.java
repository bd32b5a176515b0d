package dev.lettershop.plan.compile;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.plan.References;
import dev.lettershop.resource.ResourceSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what a compilation finds, each finding once. Not thread-safe. */
final class Findings {
  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private final Set<ResourceRef> referred = new LinkedHashSet<>();
  private final Set<ResourceRef> missing = new LinkedHashSet<>();
  private final ResourceSet resources;

  Findings(ResourceSet resources) {
    this.resources = resources;
  }

  void error(ResourceRef resource, String field, String message, String fix) {
    found.add(new Diagnostic(Severity.Error, resource, field, null, message, fix));
  }

  void warning(ResourceRef resource, String field, String message, String fix) {
    found.add(new Diagnostic(Severity.Warning, resource, field, null, message, fix));
  }

  void add(ResourceRef resource, String field, Problem problem) {
    found.add(problem.at(resource, field));
  }

  void addAll(Collection<Diagnostic> diagnostics) {
    found.addAll(diagnostics);
  }

  /**
   * The referenced resource, or null after reporting that there is none of that name.
   *
   * @param kind what is referred to, as in {@code Segment}
   */
  <T> T resolve(ResourceRef from, String field, String kind, String name, Map<String, T> known) {
    ResourceRef to = new ResourceRef(kind, name);
    refersTo(to);
    T resource = known.get(name);
    if (resource == null && resources.isMalformed(to)) {
      error(from, field, kind + "/" + name + " is not valid", "fix the errors reported there");
    } else if (resource == null) {
      String fix =
          known.isEmpty()
              ? "add it; no " + kind + " exists yet"
              : DidYouMean.fix(name, known.keySet());
      missing.add(to);
      error(from, field, kind + " \"" + name + "\" does not exist", fix);
    }
    return resource;
  }

  /** Notes that the result depends on a resource, whether it exists or not. */
  void refersTo(ResourceRef to) {
    referred.add(to);
  }

  /** Notes that the result depends on a resource that does not exist. */
  void misses(ResourceRef to) {
    referred.add(to);
    missing.add(to);
  }

  /** What was named, and whatever anything was found in: a verdict ends when that changes. */
  References references() {
    Set<ResourceRef> all = new LinkedHashSet<>(referred);
    found.forEach(diagnostic -> all.add(diagnostic.resource()));
    return new References(all, missing);
  }

  boolean hasErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  boolean hasErrorsIn(ResourceRef resource) {
    return found.stream().anyMatch(d -> d.isError() && d.resource().equals(resource));
  }

  /** All findings: errors first, otherwise in the order they were found. */
  List<Diagnostic> list() {
    return found.stream().sorted(Comparator.comparing(Diagnostic::severity)).toList();
  }
}

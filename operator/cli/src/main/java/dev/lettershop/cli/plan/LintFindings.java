package dev.lettershop.cli.plan;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.diagnostic.Severity;
import dev.lettershop.resource.ResourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code lint} has found, for reports.
 *
 * @param checked our resources, with and without findings, in the order of the files
 * @param strict whether warnings count as errors
 */
record LintFindings(
    List<ResourceRef> checked, List<Diagnostic> findings, ResourceSet resources, boolean strict) {

  LintFindings {
    checked = List.copyOf(checked);
    findings = List.copyOf(findings);
  }

  /** Findings of each resource, of files that cannot be read too; hints are not among them. */
  Map<ResourceRef, List<Diagnostic>> byResource() {
    Map<ResourceRef, List<Diagnostic>> all = new LinkedHashMap<>();
    checked.forEach(ref -> all.put(ref, new ArrayList<>()));
    findings.stream()
        .filter(finding -> finding.severity() != Severity.Info)
        .forEach(
            finding ->
                all.computeIfAbsent(finding.resource(), ref -> new ArrayList<>()).add(finding));
    return all;
  }

  boolean fails(Diagnostic finding) {
    return finding.isError() || (strict && finding.severity() == Severity.Warning);
  }

  /** The resource and, when one is meant, the field. */
  static String subject(Diagnostic finding) {
    return finding.field().isEmpty()
        ? finding.resource().toString()
        : finding.resource() + " " + finding.field();
  }

  /** The message, and how to fix it. */
  static String text(Diagnostic finding) {
    return finding.fix() == null
        ? finding.message()
        : finding.message() + "\nfix: " + finding.fix();
  }

  /** {@code error}, {@code warning}, or what a format calls a hint. */
  static String level(Diagnostic finding, String hint) {
    return finding.severity() == Severity.Info
        ? hint
        : finding.severity().name().toLowerCase(Locale.ROOT);
  }
}

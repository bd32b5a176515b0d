package dev.lettershop.cli.plan;

import dev.lettershop.cli.output.VersionProvider;
import dev.lettershop.diagnostic.Diagnostic;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as SARIF 2.1.0 (OASIS), one run of one tool. */
final class SarifReport {
  /** Rule of findings that no documented check stands for. */
  private static final String ANY = "resource";

  private SarifReport() {}

  static Map<String, Object> of(LintFindings found) {
    List<Map<String, Object>> results = new ArrayList<>();
    found.findings().forEach(finding -> results.add(result(finding, found)));
    Map<String, Object> driver = new LinkedHashMap<>();
    driver.put("name", "lettershop");
    driver.put("version", new VersionProvider().getVersion()[0].replace("lettershop ", ""));
    driver.put(
        "rules",
        found.findings().stream()
            .map(SarifReport::rule)
            .distinct()
            .sorted()
            .map(rule -> Map.of("id", rule))
            .toList());
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("tool", Map.of("driver", driver));
    run.put("columnKind", "utf16CodeUnits");
    run.put("results", results);
    Map<String, Object> log = new LinkedHashMap<>();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    log.put("runs", List.of(run));
    return log;
  }

  private static String rule(Diagnostic finding) {
    return finding.check() == null ? ANY : finding.check();
  }

  private static Map<String, Object> result(Diagnostic finding, LintFindings found) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("ruleId", rule(finding));
    result.put("level", LintFindings.level(finding, "note"));
    result.put(
        "message",
        Map.of("text", LintFindings.subject(finding) + ": " + LintFindings.text(finding)));
    found
        .resources()
        .locate(finding)
        .ifPresent(
            place -> {
              Map<String, Object> region = new LinkedHashMap<>();
              region.put("startLine", place.at().line());
              region.put("startColumn", place.at().column());
              Map<String, Object> physical = new LinkedHashMap<>();
              physical.put("artifactLocation", Map.of("uri", uri(place.at().file())));
              physical.put("region", region);
              result.put("locations", List.of(Map.of("physicalLocation", physical)));
            });
    return result;
  }

  /** A relative path stays relative: forges look it up in the repository. */
  private static String uri(String file) {
    String path = file.replace('\\', '/');
    try {
      String scheme = path.startsWith("/") ? "file" : null;
      return new URI(scheme, scheme == null ? null : "", path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path: " + file, e);
    }
  }
}

package dev.lettershop.cli.plan;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.resource.ResourceSet;
import java.util.List;

/** Findings as workflow commands of GitHub Actions, one line each. */
final class GithubReport {
  private GithubReport() {}

  static List<String> of(LintFindings found) {
    return found.findings().stream().map(finding -> line(finding, found.resources())).toList();
  }

  private static String line(Diagnostic finding, ResourceSet resources) {
    StringBuilder line = new StringBuilder("::").append(LintFindings.level(finding, "notice"));
    line.append(' ');
    resources
        .locate(finding)
        .ifPresent(
            place ->
                line.append("file=")
                    .append(property(place.at().file()))
                    .append(",line=")
                    .append(place.at().line())
                    .append(",col=")
                    .append(place.at().column())
                    .append(','));
    line.append("title=").append(property(LintFindings.subject(finding)));
    return line.append("::").append(data(LintFindings.text(finding))).toString();
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}

package dev.lettershop.cli.output;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.resource.ResourceSet;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/** Prints findings as compilers do: place first, then what is wrong, then what to do. */
public final class DiagnosticPrinter {
  private final PrintWriter out;
  private final Ansi ansi;
  private final ResourceSet resources;

  public DiagnosticPrinter(PrintWriter out, Ansi ansi, ResourceSet resources) {
    this.out = out;
    this.ansi = ansi;
    this.resources = resources;
  }

  public void print(List<Diagnostic> diagnostics) {
    diagnostics.forEach(this::print);
    out.flush();
  }

  private void print(Diagnostic diagnostic) {
    Optional<ResourceSet.Place> at = resources.locate(diagnostic);
    String place = at.map(found -> found.at() + ": ").orElse("");
    String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
    out.println(place + styled(style(diagnostic), severity) + " " + subject(diagnostic, at));
    String check = diagnostic.check() == null ? "" : " [" + diagnostic.check() + "]";
    out.println("    " + diagnostic.message() + check);
    if (diagnostic.fix() != null) {
      out.println("    " + styled("faint", "fix: ") + diagnostic.fix());
    }
  }

  private static String subject(Diagnostic diagnostic, Optional<ResourceSet.Place> at) {
    StringBuilder subject = new StringBuilder(diagnostic.resource().toString());
    if (!diagnostic.field().isEmpty()) {
      subject.append(' ').append(diagnostic.field());
    }
    if (diagnostic.position() != null && !at.map(ResourceSet.Place::exact).orElse(false)) {
      subject
          .append(" (line ")
          .append(diagnostic.position().line())
          .append(", column ")
          .append(diagnostic.position().column())
          .append(')');
    }
    return subject.toString();
  }

  private static String style(Diagnostic diagnostic) {
    return switch (diagnostic.severity()) {
      case Error -> "bold,red";
      case Warning -> "bold,yellow";
      case Info -> "bold,blue";
    };
  }

  /** Findings quote what people wrote, so only our own words may pass through picocli's markup. */
  private String styled(String style, String ours) {
    return ansi.string("@|" + style + " " + ours + "|@");
  }
}

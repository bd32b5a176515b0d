package dev.lettershop.cli.output;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;

/** Reports what stands in the way of a command before it does anything. */
public final class Compilation {
  private final CommandLine commandLine;
  private final ManifestFiles.Loaded loaded;

  public Compilation(CommandLine commandLine, ManifestFiles.Loaded loaded) {
    this.commandLine = commandLine;
    this.loaded = loaded;
  }

  /**
   * Prints the findings of the manifests and of the compiler to standard error; hints are for
   * {@code lint}.
   *
   * @return whether nothing stops the command
   */
  public boolean report(List<Diagnostic> compiled, Predicate<Diagnostic> stops) {
    List<Diagnostic> all = new ArrayList<>(loaded.diagnostics());
    compiled.stream().filter(d -> !all.contains(d)).forEach(all::add);
    new DiagnosticPrinter(
            commandLine.getErr(), commandLine.getColorScheme().ansi(), loaded.resources())
        .print(all.stream().filter(d -> d.severity() != Severity.Info).toList());
    return all.stream().noneMatch(stops);
  }
}

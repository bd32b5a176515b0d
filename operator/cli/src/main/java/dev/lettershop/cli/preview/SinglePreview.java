package dev.lettershop.cli.preview;

import dev.lettershop.cli.output.Compilation;
import dev.lettershop.cli.output.DiagnosticPrinter;
import dev.lettershop.cli.output.ManifestFiles;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.template.value.RenderException;
import dev.lettershop.worker.preview.PreviewMail;
import dev.lettershop.worker.preview.PreviewSubject;
import dev.lettershop.worker.preview.Previewer;
import dev.lettershop.worker.preview.SampleProfile;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;

/** One mail, filled in for the first of those who were asked for. */
final class SinglePreview {
  private SinglePreview() {}

  /**
   * Null after reporting what stands in the way.
   *
   * @throws UsageException when there is no such thing, or it cannot be filled in
   */
  static PreviewMail of(
      String target, PreviewPeople people, ManifestFiles.Loaded loaded, CommandLine commandLine) {
    PreviewTargets targets = new PreviewTargets(loaded.resources());
    List<PreviewSubject> subjects = targets.find(target);
    boolean sound =
        new Compilation(commandLine, loaded).report(targets.diagnostics(), Diagnostic::isError);
    if (!sound || subjects.isEmpty()) {
      return null;
    }
    PreviewSubject subject = subjects.get(0);
    Previewer previewer = new Previewer(Clock.systemUTC().instant());
    SampleProfile who =
        people
            .of(subject, targets.previews(subject.templateName()), previewer, loaded.resources())
            .get(0);
    try {
      PreviewMail mail = previewer.fill(subject, who);
      new DiagnosticPrinter(
              commandLine.getErr(), commandLine.getColorScheme().ansi(), loaded.resources())
          .print(mail.findings());
      return mail;
    } catch (RenderException | IllegalArgumentException e) {
      throw new UsageException(
          subject.title() + " cannot be filled in for " + who.name() + ": " + e.getMessage());
    }
  }
}

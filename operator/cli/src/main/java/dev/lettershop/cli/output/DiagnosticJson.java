package dev.lettershop.cli.output;

import dev.lettershop.diagnostic.Diagnostic;
import dev.lettershop.resource.ResourceSet;
import java.util.List;

/**
 * A finding as {@code -o json} prints it.
 *
 * @param severity Error, Warning or Info
 * @param line 1-based line in {@code file} of what is wrong, or of the start of its field where
 *     lines of the text are not those of the file; absent when it has no place
 * @param check id of the documented check; absent when none stands for it
 * @param textLine 1-based line inside the field's text (an expression or a template)
 */
public record DiagnosticJson(
    String severity,
    String check,
    String kind,
    String name,
    String field,
    String file,
    Integer line,
    Integer column,
    Integer textLine,
    Integer textColumn,
    String message,
    String fix) {

  public static List<DiagnosticJson> of(List<Diagnostic> diagnostics, ResourceSet resources) {
    return diagnostics.stream().map(d -> of(d, resources)).toList();
  }

  private static DiagnosticJson of(Diagnostic d, ResourceSet resources) {
    var at = resources.locate(d).map(ResourceSet.Place::at);
    return new DiagnosticJson(
        d.severity().name(),
        d.check(),
        d.resource().kind(),
        d.resource().name(),
        d.field(),
        at.map(l -> l.file()).orElse(null),
        at.map(l -> l.line()).orElse(null),
        at.map(l -> l.column()).orElse(null),
        d.position() == null ? null : d.position().line(),
        d.position() == null ? null : d.position().column(),
        d.message(),
        d.fix());
  }
}

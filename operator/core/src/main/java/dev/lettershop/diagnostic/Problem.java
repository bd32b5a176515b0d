package dev.lettershop.diagnostic;

/**
 * A finding inside the text of one expression or template, before it is known which field of which
 * resource the text came from.
 *
 * @param position place in the text, or null
 * @param fix what to do about it, or null
 * @param check id of the documented check that found it, such as {@code image-alt}, or null
 */
public record Problem(
    Severity severity, Position position, String message, String fix, String check) {

  /** A problem that no documented check stands for. */
  public Problem(Severity severity, Position position, String message, String fix) {
    this(severity, position, message, fix, null);
  }

  public static Problem error(Position position, String message, String fix) {
    return new Problem(Severity.Error, position, message, fix);
  }

  public static Problem warning(Position position, String message, String fix) {
    return new Problem(Severity.Warning, position, message, fix);
  }

  /** The same problem at another place. */
  public Problem movedTo(Position other) {
    return new Problem(severity, other, message, fix, check);
  }

  public boolean isError() {
    return severity == Severity.Error;
  }

  /** Says where this text stands. */
  public Diagnostic at(ResourceRef resource, String field) {
    return new Diagnostic(severity, resource, field, position, message, fix, check);
  }
}

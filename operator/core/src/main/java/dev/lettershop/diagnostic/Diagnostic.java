package dev.lettershop.diagnostic;

import java.util.Objects;

/**
 * One finding about a resource: what is wrong, where, and how to fix it. Never holds personal data.
 *
 * @param severity never null
 * @param resource the resource at fault, never null
 * @param field path of the field, such as {@code spec.content.rules[0].when}; never null, empty for
 *     the resource as a whole
 * @param position place inside the field's text, or null when the field as a whole is meant
 * @param message what is wrong; one sentence
 * @param fix what to do about it, or null when the message says it all
 * @param check id of the documented check that found it, such as {@code image-alt}, or null
 */
public record Diagnostic(
    Severity severity,
    ResourceRef resource,
    String field,
    Position position,
    String message,
    String fix,
    String check) {

  /** A finding that no documented check stands for. */
  public Diagnostic(
      Severity severity,
      ResourceRef resource,
      String field,
      Position position,
      String message,
      String fix) {
    this(severity, resource, field, position, message, fix, null);
  }

  public Diagnostic {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(resource);
    Objects.requireNonNull(field);
    Objects.requireNonNull(message);
  }

  public boolean isError() {
    return severity == Severity.Error;
  }

  /**
   * {@code error Segment/vip spec.expression 1:9: unknown attribute "ctiy"; did you mean "city"?}
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(severity.name().toLowerCase(java.util.Locale.ROOT)).append(' ').append(resource);
    if (!field.isEmpty()) {
      text.append(' ').append(field);
    }
    if (position != null) {
      text.append(' ').append(position);
    }
    text.append(": ").append(message);
    if (fix != null) {
      text.append("; ").append(fix);
    }
    return text.toString();
  }
}

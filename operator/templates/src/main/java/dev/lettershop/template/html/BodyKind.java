package dev.lettershop.template.html;

/** What an author wrote the body in. */
public enum BodyKind {
  Html,
  Mjml
}

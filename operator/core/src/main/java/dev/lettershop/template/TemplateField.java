package dev.lettershop.template;

/** A field of an EmailTemplate that holds Mustache. */
enum TemplateField {
  Subject("spec.subject"),
  Preheader("spec.preheader"),
  Html("spec.html"),
  Text("spec.text");

  private final String path;

  TemplateField(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  /** Whether values are escaped for HTML where they are shown. */
  boolean isHtml() {
    return this == Html || this == Preheader;
  }

  /** Whether {@code {{>name}}} may stand here. */
  boolean takesPartials() {
    return this == Html || this == Text;
  }
}

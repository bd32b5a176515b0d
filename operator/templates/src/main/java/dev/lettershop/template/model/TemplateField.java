package dev.lettershop.template.model;

/** A field of an EmailTemplate, or of one of its translations, that holds a template. */
public enum TemplateField {
  Subject("subject"),
  Preheader("preheader"),
  Html("html"),
  Mjml("mjml"),
  Text("text");

  private final String key;

  TemplateField(String key) {
    this.key = key;
  }

  /** Name of the field in the spec or in a translation. */
  public String key() {
    return key;
  }

  /** Whether values are escaped for HTML where they are shown. */
  public boolean isHtml() {
    return this != Subject && this != Text;
  }

  /** Whether another template may stand here. */
  public boolean takesPartials() {
    return this == Html || this == Mjml || this == Text;
  }
}

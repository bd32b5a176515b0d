package dev.lettershop.template.model;

/**
 * What an author wrote into one field.
 *
 * @param path of the field, such as {@code spec.translations[0].html}
 * @param source never null
 */
public record FieldSource(TemplateField field, String path, String source) {}

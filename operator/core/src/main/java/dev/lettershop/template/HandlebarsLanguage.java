package dev.lettershop.template;

import dev.lettershop.template.html.TagSyntax;
import java.util.List;
import java.util.Map;

final class HandlebarsLanguage implements Language {
  @Override
  public Scan read(String source, TemplateField field, Names names, Purpose purpose) {
    return new Scan(List.of(), List.of());
  }

  @Override
  public String expanded(Token tag) {
    return "";
  }

  @Override
  public String expandedText(String text) {
    return text;
  }

  @Override
  public String compiled(List<Token> tokens, boolean html) {
    return "";
  }

  @Override
  public TagSyntax syntax() {
    return TagSyntax.Braces;
  }

  @Override
  public RenderingPart load(
      String compiled, boolean html, String name, Map<String, String> defaults) {
    throw new IllegalArgumentException("not available yet");
  }
}

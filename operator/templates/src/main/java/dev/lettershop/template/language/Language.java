package dev.lettershop.template.language;

import dev.lettershop.template.html.TagSyntax;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import java.util.List;
import java.util.Map;

/**
 * One template language: how its source is read and checked, and how it is written again for the
 * engine that renders it. What is between reading and writing (partials, places in HTML, the text
 * alternative) is the same for all languages.
 */
public interface Language {
  /** For what the tokens are read. */
  enum Purpose {
    /** To be written as {@link #expanded} says, and read again. */
    Expanding,
    /** To be written as {@link #compiled} says. */
    Rendering
  }

  /** Reads one field and finds everything that is wrong with it. */
  Scan read(String source, TemplateField field, Names names, Purpose purpose);

  /** A tag in the author's language, every name in full; not for text. */
  String expanded(Token tag);

  /** Text in the author's language, so that no part of it reads as a tag. */
  String expandedText(String text);

  /**
   * The source that the engine reads.
   *
   * @param tokens read for {@link Purpose#Rendering}, without partials
   * @param html whether the result is rendered with escaping
   */
  String compiled(List<Token> tokens, boolean html);

  /** How tags look, for those who have to leave them alone. */
  TagSyntax syntax();

  /**
   * Makes a compiled source ready for rendering.
   *
   * @param name what the source is, for messages
   * @throws IllegalArgumentException when the source was not made by {@link #compiled}
   */
  RenderingPart load(String compiled, boolean html, String name, Map<String, String> defaults);
}

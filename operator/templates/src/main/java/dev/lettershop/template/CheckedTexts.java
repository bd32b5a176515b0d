package dev.lettershop.template;

import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.HtmlPlaces;
import dev.lettershop.template.text.TextAlternative;
import java.util.List;
import java.util.Optional;

/**
 * One language version of a template with its names resolved and its partials in place.
 *
 * @param version what it was made from
 * @param text empty when the text is made from the body
 */
record CheckedTexts(
    LanguageVersion version,
    List<Token> subject,
    List<Token> preheader,
    List<Token> body,
    Optional<List<Token>> text) {

  boolean isMjml() {
    return version.body() != null && version.body().field() == TemplateField.Mjml;
  }

  /** The text as the author wrote it, or as made from the body. */
  List<Token> textOrAlternative() {
    return text.orElseGet(() -> TextAlternative.of(body, HtmlPlaces.of(body)));
  }

  List<List<Token>> all() {
    return text.map(written -> List.of(subject, preheader, body, written))
        .orElseGet(() -> List.of(subject, preheader, body));
  }
}

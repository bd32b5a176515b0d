package dev.lettershop.template;

import dev.lettershop.diagnostic.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One EmailTemplate with its names resolved and its partials in place.
 *
 * @param slots declared slots, also those of partials, with their default; null for no default
 * @param defaults by attribute, also those of partials
 */
record CheckedTemplate(
    List<Token> subject,
    List<Token> preheader,
    List<Token> html,
    Optional<List<Token>> text,
    Map<String, String> slots,
    Map<String, String> defaults,
    List<FieldProblem> problems) {

  boolean hasErrors() {
    return problems.stream().anyMatch(p -> p.problem().isError());
  }

  /** The text as the author wrote it, or as made from the HTML. */
  List<Token> textOrAlternative() {
    return text.orElseGet(() -> TextAlternative.of(html, HtmlPlaces.of(html)));
  }
}

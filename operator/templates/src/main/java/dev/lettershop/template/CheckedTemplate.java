package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.SlotDefinition;
import java.util.List;
import java.util.Map;

/**
 * One EmailTemplate in all its languages, checked.
 *
 * @param texts by canonical locale; the template's own under the empty one
 * @param slots declared slots, also those of partials
 * @param defaults by attribute, also those of partials
 */
record CheckedTemplate(
    TemplateEngine engine,
    Names names,
    Map<String, CheckedTexts> texts,
    Map<String, SlotDefinition> slots,
    Map<String, String> defaults,
    List<FieldProblem> problems) {

  boolean hasErrors() {
    return problems.stream().anyMatch(p -> p.problem().isError());
  }

  CheckedTexts own() {
    return texts.get("");
  }

  /** What fits a language best. */
  CheckedTexts texts(String locale) {
    CheckedTexts translated = LocaleChain.best(texts, locale);
    return translated == null ? own() : translated;
  }
}

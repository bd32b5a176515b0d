package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.api.v1alpha1.template.TemplateSlot;
import dev.lettershop.api.v1alpha1.template.TemplateTranslation;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.model.SlotDefinition;
import dev.lettershop.template.model.SlotValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks an EmailTemplate's spec as far as that takes no look into its texts. */
final class SpecCheck {
  private final List<FieldProblem> problems = new ArrayList<>();

  private SpecCheck() {}

  /**
   * @param slots declared slots, also those of partials
   */
  static List<FieldProblem> check(
      EmailTemplateSpec spec, ProfileSchema schema, Map<String, SlotDefinition> slots) {
    SpecCheck check = new SpecCheck();
    check.availability(spec);
    check.defaults("spec.defaults.", spec.defaults(), schema);
    for (int i = 0; i < spec.slots().size(); i++) {
      TemplateSlot slot = spec.slots().get(i);
      check.value("spec.slots[" + i + "].default", slot.type(), slot.defaultValue());
    }
    Set<String> locales = new HashSet<>();
    for (int i = 0; i < spec.translations().size(); i++) {
      check.translation("spec.translations[" + i + "]", spec.translations().get(i), locales);
      check.defaults(
          "spec.translations[" + i + "].defaults.", spec.translations().get(i).defaults(), schema);
      check.slots("spec.translations[" + i + "].slots.", spec.translations().get(i).slots(), slots);
    }
    return check.problems;
  }

  private void availability(EmailTemplateSpec spec) {
    if (spec.mjml() == null && spec.html() == null) {
      error("spec.html", "a template needs HTML", "set spec.html");
    }
    if (spec.subject() == null || spec.subject().isBlank()) {
      error("spec.subject", "a template needs a subject", "set spec.subject");
    }
    if (spec.locale() != null && LocaleChain.canonical(spec.locale()).isEmpty()) {
      error(
          "spec.locale",
          "\"" + spec.locale() + "\" is not a language tag",
          "write one, such as en");
    }
  }

  private void translation(String path, TemplateTranslation translation, Set<String> locales) {
    String locale = LocaleChain.canonical(translation.locale());
    if (locale.isEmpty()) {
      error(
          path + ".locale",
          "\"" + translation.locale() + "\" is not a language tag",
          "write one, such as de or pt-BR");
    } else if (!locales.add(locale)) {
      error(path + ".locale", "there are two translations for " + locale, "keep one of them");
    }
  }

  private void slots(String path, Map<String, String> values, Map<String, SlotDefinition> slots) {
    values.forEach(
        (slot, value) -> {
          if (!slots.containsKey(slot)) {
            error(
                path + slot,
                "slot \"" + slot + "\" is not declared",
                DidYouMean.fix(slot, slots.keySet()));
          } else {
            value(path + slot, slots.get(slot).type(), value);
          }
        });
  }

  private void value(String path, SlotType type, String value) {
    if (value != null) {
      SlotValue.check(type, value).forEach(p -> problems.add(new FieldProblem(path, p)));
    }
  }

  private void defaults(String path, Map<String, String> defaults, ProfileSchema schema) {
    for (String attribute : defaults.keySet()) {
      if (!schema.attributes().containsKey(attribute)) {
        error(
            path + attribute,
            "unknown attribute \"" + attribute + "\"",
            DidYouMean.fix(attribute, schema.attributes().keySet()));
      }
    }
  }

  private void error(String field, String message, String fix) {
    problems.add(new FieldProblem(field, Problem.error(null, message, fix)));
  }
}

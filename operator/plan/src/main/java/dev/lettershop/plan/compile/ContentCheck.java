package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.content.ContentTranslation;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.template.TemplateResult;
import dev.lettershop.template.model.SlotDefinition;
import dev.lettershop.template.model.SlotValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks what a campaign's content rules put into slots: the slots must exist, the values must be
 * of their types, and slots that templates show must get a value for everybody.
 */
final class ContentCheck {
  private final Findings findings;
  private final ResourceRef campaign;
  private final Map<String, TemplateResult> templates;
  private final Map<String, Set<SlotType>> declared = new TreeMap<>();

  /**
   * @param templates that the campaign uses, by name
   */
  ContentCheck(Findings findings, ResourceRef campaign, Map<String, TemplateResult> templates) {
    this.findings = findings;
    this.campaign = campaign;
    this.templates = templates;
    for (TemplateResult template : templates.values()) {
      for (Map.Entry<String, SlotDefinition> slot : template.slots().entrySet()) {
        declared
            .computeIfAbsent(slot.getKey(), name -> new TreeSet<>())
            .add(slot.getValue().type());
      }
    }
  }

  /**
   * Checks rules.
   *
   * @param path of the list that they are in
   */
  void check(String path, List<ContentRule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      String field = path + "[" + i + "]";
      values(field + ".set.", rules.get(i).set());
      translations(field, rules.get(i));
    }
  }

  /**
   * Checks that what templates show is filled.
   *
   * @param set slots that the campaign's rules set
   * @param own slots that the rules of all variants of a template set, by template
   */
  void unfilled(Set<String> set, Map<String, Set<String>> own) {
    templates.forEach(
        (name, template) -> {
          Set<String> all = new TreeSet<>(set);
          all.addAll(own.getOrDefault(name, Set.of()));
          unfilled(name, template, all);
        });
  }

  private void translations(String field, ContentRule rule) {
    Set<String> locales = new HashSet<>();
    for (int i = 0; i < rule.translations().size(); i++) {
      ContentTranslation translation = rule.translations().get(i);
      String at = field + ".translations[" + i + "]";
      String locale = LocaleChain.canonical(translation.locale());
      if (locale.isEmpty()) {
        findings.error(
            campaign,
            at + ".locale",
            "\"" + translation.locale() + "\" is not a language tag",
            "write one, such as de or pt-BR");
      } else if (!locales.add(locale)) {
        findings.error(
            campaign,
            at + ".locale",
            "there are two translations for " + locale,
            "keep one of them");
      }
      for (String slot : translation.set().keySet()) {
        if (!rule.set().containsKey(slot)) {
          findings.error(
              campaign,
              at + ".set." + slot,
              "the rule does not set \"" + slot + "\" in the campaign's own language",
              DidYouMean.fix(slot, rule.set().keySet()));
        }
      }
      values(at + ".set.", translation.set());
    }
  }

  private void values(String path, Map<String, String> values) {
    values.forEach(
        (slot, value) -> {
          if (!declared.containsKey(slot)) {
            undeclared(path, slot);
            return;
          }
          for (SlotType type : declared.get(slot)) {
            SlotValue.check(type, value).forEach(p -> findings.add(campaign, path + slot, p));
          }
        });
  }

  private void undeclared(String path, String slot) {
    if (!templates.isEmpty()) {
      findings.error(
          campaign,
          path + slot,
          "no template of this campaign has a slot \"" + slot + "\"",
          declared.isEmpty()
              ? "declare it in spec.slots of the template"
              : DidYouMean.fix(slot, declared.keySet()));
    }
  }

  private void unfilled(String name, TemplateResult template, Set<String> set) {
    for (String slot : template.requiredSlots()) {
      if (!set.contains(slot)) {
        findings.error(
            campaign,
            "spec.content.rules",
            "nothing fills the slot \"" + slot + "\" of EmailTemplate/" + name,
            "set it in a rule, or give it a default in the template's spec.slots");
      } else {
        findings.warning(
            campaign,
            "spec.content.rules",
            "the slot \""
                + slot
                + "\" of EmailTemplate/"
                + name
                + " stays empty for whom no rule matches",
            "give it a default in the template's spec.slots");
      }
    }
  }
}

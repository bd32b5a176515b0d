package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.campaign.CampaignSpec;
import dev.lettershop.api.v1alpha1.content.ContentRule;
import dev.lettershop.api.v1alpha1.content.ContentTranslation;
import dev.lettershop.api.v1alpha1.experiment.Variant;
import dev.lettershop.api.v1alpha1.template.SlotType;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.template.TemplateResult;
import dev.lettershop.template.model.SlotDefinition;
import dev.lettershop.template.model.SlotValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
  private static final String RULES = "spec.content.rules";

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

  /** All content rules of a campaign and of its variants, by the list that they are in. */
  static Map<String, List<ContentRule>> rules(CampaignSpec spec) {
    Map<String, List<ContentRule>> rules = new LinkedHashMap<>();
    rules.put(RULES, spec.content().rules());
    List<Variant> variants = variants(spec);
    for (int i = 0; i < variants.size(); i++) {
      rules.put("spec.experiment.variants[" + i + "].rules", variants.get(i).rules());
    }
    return rules;
  }

  private static List<Variant> variants(CampaignSpec spec) {
    return spec.experiment() == null ? List.of() : spec.experiment().variants();
  }

  /** Checks what all rules of a campaign set, and that what its templates show is filled. */
  void check(CampaignSpec spec) {
    rules(spec).forEach(this::check);
    Set<String> common = slots(spec.content().rules());
    Map<String, Set<String>> own = new TreeMap<>();
    // Of a template that several variants use, only what each of them sets is filled for all.
    for (Variant variant : variants(spec)) {
      own.merge(
          ExperimentCheck.templateOf(spec, variant),
          slots(variant.rules()),
          (a, b) -> {
            a.retainAll(b);
            return a;
          });
    }
    templates.forEach(
        (name, template) -> {
          Set<String> set = new TreeSet<>(common);
          set.addAll(own.getOrDefault(name, Set.of()));
          unfilled(name, template, set);
        });
  }

  private static Set<String> slots(List<ContentRule> rules) {
    Set<String> slots = new TreeSet<>();
    rules.forEach(rule -> slots.addAll(rule.set().keySet()));
    return slots;
  }

  private void check(String path, List<ContentRule> rules) {
    for (int i = 0; i < rules.size(); i++) {
      String field = path + "[" + i + "]";
      values(field + ".set.", rules.get(i).set());
      translations(field, rules.get(i));
    }
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
            RULES,
            "nothing fills the slot \"" + slot + "\" of EmailTemplate/" + name,
            "set it in a rule, or give it a default in the template's spec.slots");
      } else {
        findings.warning(
            campaign,
            RULES,
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

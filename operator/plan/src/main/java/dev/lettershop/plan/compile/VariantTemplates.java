package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.experiment.Variant;
import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.diagnostic.ResourceRef;
import dev.lettershop.template.TemplateCompiler;
import dev.lettershop.template.TemplateCompiler.Recording;
import dev.lettershop.template.TemplateResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Templates of variants that show a subject of their own. */
final class VariantTemplates {
  private final PlanCompiler compiler;
  private final Findings findings;
  private final ResourceRef campaign;

  VariantTemplates(PlanCompiler compiler, Findings findings, ResourceRef campaign) {
    this.compiler = compiler;
    this.findings = findings;
    this.campaign = campaign;
  }

  /** Name of the template of a variant; no resource has a name with a space. */
  static String name(String template, Variant variant) {
    return variant.subject() == null ? template : template + " " + variant.name();
  }

  /** Compiles a template with the variant's subject; empty after reporting a problem. */
  Optional<TemplateResult> compile(
      String field, String template, Variant variant, StoreContext store, Recording recording) {
    EmailTemplateSpec spec = compiler.templateSpecs().get(template);
    if (spec == null) {
      return Optional.empty();
    }
    if (spec.translations().stream().anyMatch(other -> other.subject() != null)) {
      findings.error(
          campaign,
          field,
          "EmailTemplate/" + template + " has subjects in other languages, which this would not have",
          "show a slot in the template's subjects, and set it in the variant's rules and their"
              + " translations");
      return Optional.empty();
    }
    Map<String, EmailTemplateSpec> specs = new HashMap<>(compiler.templateSpecs());
    EmailTemplateSpec own = spec.withSubject(variant.subject());
    String name = name(template, variant);
    specs.put(name, own);
    TemplateResult result =
        new TemplateCompiler().compile(name, own, specs, store.schema(), recording, false);
    result.problems().stream()
        .filter(problem -> problem.field().equals("spec.subject"))
        .forEach(problem -> findings.add(campaign, field, problem.problem()));
    return Optional.of(result);
  }
}

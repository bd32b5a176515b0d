package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.TemplateEngine;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import java.util.ArrayList;
import java.util.List;

/** Checks an EmailTemplate's spec as far as that takes no look into its Mustache. */
final class SpecCheck {
  private final List<FieldProblem> problems = new ArrayList<>();

  private SpecCheck() {}

  static List<FieldProblem> check(EmailTemplateSpec spec, ProfileSchema schema) {
    SpecCheck check = new SpecCheck();
    check.availability(spec);
    check.defaults(spec, schema);
    return check.problems;
  }

  private void availability(EmailTemplateSpec spec) {
    if (spec.engine() != null && spec.engine() != TemplateEngine.Mustache) {
      error("spec.engine", spec.engine() + " is not available yet", "use Mustache");
    }
    if (spec.mjml() != null) {
      error("spec.mjml", "MJML is not available yet", "use spec.html");
    } else if (spec.html() == null) {
      error("spec.html", "a template needs HTML", "set spec.html");
    }
    if (spec.subject() == null || spec.subject().isBlank()) {
      error("spec.subject", "a template needs a subject", "set spec.subject");
    }
    if (spec.translations() != null && !spec.translations().isEmpty()) {
      problems.add(
          new FieldProblem(
              "spec.translations",
              Problem.warning(
                  null,
                  "translations are not applied yet: everybody gets spec.html",
                  "make a campaign and a segment for each language until then")));
    }
  }

  private void defaults(EmailTemplateSpec spec, ProfileSchema schema) {
    if (spec.defaults() == null) {
      return;
    }
    for (String attribute : spec.defaults().keySet()) {
      if (!schema.attributes().containsKey(attribute)) {
        error(
            "spec.defaults." + attribute,
            "unknown attribute \"" + attribute + "\"",
            DidYouMean.fix(attribute, schema.attributes().keySet()));
      }
    }
  }

  private void error(String field, String message, String fix) {
    problems.add(new FieldProblem(field, Problem.error(null, message, fix)));
  }
}

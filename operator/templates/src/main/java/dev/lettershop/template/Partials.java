package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.api.v1alpha1.template.TemplatePartial;
import dev.lettershop.api.v1alpha1.template.TemplateSlot;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.template.model.FieldSource;
import dev.lettershop.template.model.SlotDefinition;
import dev.lettershop.template.model.TemplateField;
import dev.lettershop.template.model.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The partials of one template: other EmailTemplates, whose HTML or text stands in place of {@code
 * {{>name}}}. A partial is complete in itself: its names mean the same wherever it is included.
 */
final class Partials {
  /** Longest HTML or text with partials in place, in UTF-16 code units. */
  private static final int MAX_LENGTH = 1 << 20;

  /** Partials within partials. */
  private static final int MAX_DEPTH = 32;

  private final Map<String, CheckedTemplate> byName = new LinkedHashMap<>();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final TemplateEngine engine;
  private final Collection<FieldProblem> problems;

  private Partials(TemplateEngine engine, Collection<FieldProblem> problems) {
    this.engine = engine;
    this.problems = problems;
  }

  /**
   * @param path the templates being checked, from the one to compile to this one
   * @param problems takes what is found
   */
  static Partials of(
      EmailTemplateSpec spec,
      Map<String, EmailTemplateSpec> all,
      List<String> path,
      TemplateChecker checker,
      Collection<FieldProblem> problems) {
    Partials partials = new Partials(spec.engine(), problems);
    List<TemplatePartial> declared = spec.partials();
    for (int i = 0; i < declared.size(); i++) {
      String field = "spec.partials[" + i + "].templateRef.name";
      String template = declared.get(i).templateRef().name();
      partials.fields.put(declared.get(i).name(), field);
      if (path.size() > MAX_DEPTH) {
        partials.error(
            field, "partials include each other more than " + MAX_DEPTH + " deep", "include less");
      } else if (path.contains(template)) {
        partials.circle(field, path.subList(path.indexOf(template), path.size()), template);
      } else if (!all.containsKey(template)) {
        partials.error(
            field,
            "EmailTemplate \"" + template + "\" does not exist",
            DidYouMean.fix(template, all.keySet()));
      } else {
        CheckedTemplate checked = checker.check(template, all.get(template));
        if (!partials.reportErrorsIn(field, template, checked)
            && partials.isSameLanguage(field, template, checked)) {
          partials.byName.put(declared.get(i).name(), checked);
        }
      }
    }
    return partials;
  }

  private boolean isSameLanguage(String field, String template, CheckedTemplate checked) {
    if (checked.engine() == engine) {
      return true;
    }
    error(
        field,
        "EmailTemplate/"
            + template
            + " is written in "
            + checked.engine()
            + ", this one in "
            + engine,
        "use a partial in the same language");
    return false;
  }

  private void circle(String field, List<String> path, String again) {
    error(
        field,
        "partials go round in a circle: " + String.join(" → ", path) + " → " + again,
        "remove one of these partials");
  }

  private boolean reportErrorsIn(String field, String template, CheckedTemplate checked) {
    List<FieldProblem> errors =
        checked.problems().stream()
            .filter(p -> p.problem().isError())
            // A partial is not a mail of its own.
            .filter(p -> !p.field().equals("spec.subject") || p.problem().position() != null)
            .toList();
    if (errors.isEmpty()) {
      return false;
    }
    FieldProblem first = errors.get(0);
    String place =
        first.field()
            + (first.problem().position() == null ? "" : " " + first.problem().position());
    error(
        field,
        "EmailTemplate/"
            + template
            + " has errors, the first in "
            + place
            + ": "
            + first.problem().message(),
        first.problem().fix());
    return true;
  }

  private void error(String field, String message, String fix) {
    problems.add(new FieldProblem(field, Problem.error(null, message, fix)));
  }

  Collection<String> declared() {
    return fields.keySet();
  }

  /** The template's own slots first, then those that only partials declare. */
  Map<String, SlotDefinition> slots(EmailTemplateSpec spec) {
    Map<String, SlotDefinition> slots = new LinkedHashMap<>();
    for (TemplateSlot slot : spec.slots()) {
      slots.putIfAbsent(slot.name(), new SlotDefinition(slot.type(), slot.defaultValue()));
    }
    byName.values().forEach(partial -> partial.slots().forEach(slots::putIfAbsent));
    return slots;
  }

  /** The template's own defaults, then those that only partials have. */
  Map<String, String> defaults(EmailTemplateSpec spec) {
    Map<String, String> defaults = new TreeMap<>();
    defaults.putAll(spec.defaults());
    byName.values().forEach(partial -> partial.defaults().forEach(defaults::putIfAbsent));
    return defaults;
  }

  /**
   * The tokens with each partial tag replaced; a partial that could not be had is left out.
   *
   * @param version the language that is being put together
   * @param field that the tokens were read from; null for none
   */
  List<Token> inPlace(LanguageVersion version, FieldSource field, List<Token> tokens) {
    List<Token> result = new ArrayList<>(tokens.size());
    long length = 0;
    for (Token token : tokens) {
      if (!(token instanceof Token.Partial tag)) {
        result.add(token);
        length += length(List.of(token));
      } else {
        used.add(tag.name());
        List<Token> pieces = content(version, field, tag);
        length += length(pieces);
        pieces.forEach(piece -> result.add(piece.movedTo(token.position())));
      }
      if (length > MAX_LENGTH) {
        problems.add(
            new FieldProblem(
                field.path(),
                Problem.error(
                    token.position(),
                    "with its partials this is longer than " + MAX_LENGTH + " characters",
                    "include less")));
        return List.of();
      }
    }
    return result;
  }

  private List<Token> content(LanguageVersion version, FieldSource field, Token.Partial tag) {
    CheckedTemplate partial = byName.get(tag.name());
    if (partial == null) {
      return List.of();
    }
    CheckedTexts texts = partial.texts(version.locale());
    if (field.field() == TemplateField.Text) {
      return texts.textOrAlternative();
    }
    if (texts.isMjml() && field.field() == TemplateField.Html) {
      problems.add(
          new FieldProblem(
              field.path(),
              Problem.error(
                  tag.position(),
                  "partial \"" + tag.name() + "\" is MJML, and this is HTML",
                  "write this template in MJML too")));
      return List.of();
    }
    return texts.body();
  }

  private static long length(List<Token> tokens) {
    return tokens.stream()
        .mapToLong(token -> token instanceof Token.Literal literal ? literal.text().length() : 8)
        .sum();
  }

  void reportUnused() {
    fields.forEach(
        (name, field) -> {
          if (!used.contains(name)) {
            problems.add(
                new FieldProblem(
                    field.substring(0, field.indexOf('.', "spec.".length())),
                    Problem.warning(
                        null,
                        "partial \"" + name + "\" is declared but not used",
                        "write {{>" + name + "}}, or remove it")));
          }
        });
  }
}

package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.TemplatePartial;
import dev.lettershop.api.v1alpha1.TemplateSlot;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
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

  private final Map<String, CheckedTemplate> byName = new LinkedHashMap<>();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final List<FieldProblem> problems;

  private Partials(List<FieldProblem> problems) {
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
      List<FieldProblem> problems) {
    Partials partials = new Partials(problems);
    List<TemplatePartial> declared = spec.partials() == null ? List.of() : spec.partials();
    for (int i = 0; i < declared.size(); i++) {
      String field = "spec.partials[" + i + "].templateRef.name";
      String template = declared.get(i).templateRef().name();
      partials.fields.put(declared.get(i).name(), field);
      if (path.contains(template)) {
        partials.circle(field, path.subList(path.indexOf(template), path.size()), template);
      } else if (!all.containsKey(template)) {
        partials.error(
            field,
            "EmailTemplate \"" + template + "\" does not exist",
            DidYouMean.fix(template, all.keySet()));
      } else {
        CheckedTemplate checked = checker.check(template, all.get(template));
        if (!partials.reportErrorsIn(field, template, checked)) {
          partials.byName.put(declared.get(i).name(), checked);
        }
      }
    }
    return partials;
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
            // A partial is no mail of its own.
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
  Map<String, String> slots(EmailTemplateSpec spec) {
    Map<String, String> slots = new LinkedHashMap<>();
    if (spec.slots() != null) {
      for (TemplateSlot slot : spec.slots()) {
        slots.putIfAbsent(slot.name(), slot.defaultValue());
      }
    }
    byName.values().forEach(partial -> partial.slots().forEach(slots::putIfAbsent));
    return slots;
  }

  /** The template's own defaults, then those that only partials have. */
  Map<String, String> defaults(EmailTemplateSpec spec) {
    Map<String, String> defaults = new TreeMap<>();
    if (spec.defaults() != null) {
      defaults.putAll(spec.defaults());
    }
    byName.values().forEach(partial -> partial.defaults().forEach(defaults::putIfAbsent));
    return defaults;
  }

  /** The tokens with each partial tag replaced; a partial that could not be had is left out. */
  List<Token> inPlace(TemplateField field, List<Token> tokens) {
    List<Token> result = new ArrayList<>(tokens.size());
    long length = 0;
    for (Token token : tokens) {
      List<Token> pieces = List.of(token);
      if (token instanceof Token.Partial partial) {
        used.add(partial.name());
        pieces = content(field, partial);
      }
      length += length(pieces);
      if (length > MAX_LENGTH) {
        problems.add(
            new FieldProblem(
                field.path(),
                Problem.error(
                    token.position(),
                    "with its partials this is longer than " + MAX_LENGTH + " characters",
                    "include less")));
        return result;
      }
      pieces.forEach(piece -> result.add(piece.movedTo(token.position())));
    }
    return result;
  }

  private List<Token> content(TemplateField field, Token.Partial tag) {
    CheckedTemplate partial = byName.get(tag.name());
    if (partial == null) {
      return List.of();
    }
    return field == TemplateField.Html ? partial.html() : partial.textOrAlternative();
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

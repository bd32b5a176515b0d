package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.TemplatePartial;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Position;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns an EmailTemplate into what is rendered per recipient, or says everything that is wrong with
 * it at once. Pure: no I/O, no clock. Thread-safe.
 */
public final class TemplateCompiler {

  /**
   * Compiles one template.
   *
   * @param name name of the EmailTemplate
   * @param all every EmailTemplate of the namespace by name, for partials; may or may not hold this
   *     one
   * @param schema attributes that {@code profile.} can name
   */
  public TemplateResult compile(
      String name,
      EmailTemplateSpec spec,
      Map<String, EmailTemplateSpec> all,
      ProfileSchema schema) {
    CheckedTemplate checked = new TemplateChecker(all, schema).check(name, spec);
    List<FieldProblem> problems = new ArrayList<>(checked.problems());
    if (spec.html() != null && !isPartial(name, all)) {
      unsubscribe(checked, problems);
    }
    SlotUse use = SlotUse.of(checked);
    CompiledTemplate compiled = checked.hasErrors() ? null : assemble(checked, problems);
    return new TemplateResult(compiled, problems, checked.slots(), use.used(), use.required());
  }

  private static boolean isPartial(String name, Map<String, EmailTemplateSpec> all) {
    return all.values().stream()
        .filter(spec -> spec.partials() != null)
        .flatMap(spec -> spec.partials().stream())
        .map(TemplatePartial::templateRef)
        .anyMatch(ref -> ref.name().equals(name));
  }

  private static void unsubscribe(CheckedTemplate checked, List<FieldProblem> problems) {
    if (!showsUnsubscribe(checked.html())) {
      problems.add(
          new FieldProblem(
              "spec.html",
              Problem.warning(
                  null,
                  "there is no unsubscribe link",
                  "add <a href=\"{{links.unsubscribe}}\">Unsubscribe</a>")));
    }
    if (checked.text().isPresent() && !showsUnsubscribe(checked.text().get())) {
      problems.add(
          new FieldProblem(
              "spec.text",
              Problem.warning(
                  null, "there is no unsubscribe link", "add Unsubscribe: {{links.unsubscribe}}")));
    }
  }

  private static boolean showsUnsubscribe(List<Token> tokens) {
    return tokens.stream()
        .anyMatch(t -> t instanceof Token.Value value && value.name().equals("links.unsubscribe"));
  }

  private static CompiledTemplate assemble(CheckedTemplate checked, List<FieldProblem> problems) {
    List<Token> text = checked.textOrAlternative();
    Position apart = firstApart(text);
    if (apart != null) {
      problems.add(
          new FieldProblem(
              checked.text().isEmpty() ? "spec.html" : "spec.text",
              Problem.error(
                  apart,
                  "no text alternative can be made: a section here begins inside one element and"
                      + " ends inside another",
                  "put the section around whole elements, or write spec.text")));
      return null;
    }
    HtmlPlaces places = HtmlPlaces.of(checked.html());
    List<Token> html =
        checked.preheader().isEmpty()
            ? checked.html()
            : Preheader.insert(checked.preheader(), checked.html(), places);
    Map<String, String> slotDefaults = new LinkedHashMap<>(checked.slots());
    slotDefaults.values().removeIf(Objects::isNull);
    return new CompiledTemplate(
        MustacheSource.of(checked.subject(), false),
        MustacheSource.of(html, true),
        MustacheSource.of(text, false),
        checked.defaults(),
        slotDefaults);
  }

  /** The tag of a section that came apart, or null when all sections are whole. */
  private static Position firstApart(List<Token> tokens) {
    Deque<Token.Open> open = new ArrayDeque<>();
    for (Token token : tokens) {
      if (token instanceof Token.Open section) {
        open.push(section);
      } else if (token instanceof Token.Close end
          && (open.isEmpty() || !open.pop().name().equals(end.name()))) {
        return end.position();
      }
    }
    return open.isEmpty() ? null : open.peek().position();
  }
}

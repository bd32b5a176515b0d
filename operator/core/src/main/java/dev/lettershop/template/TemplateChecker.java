package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.EmailTemplateSpec;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks EmailTemplates, each once, partials before those who include them. For one compilation on
 * one thread.
 */
final class TemplateChecker {
  private final Map<String, EmailTemplateSpec> all;
  private final ProfileSchema schema;
  private final Map<String, CheckedTemplate> checked = new HashMap<>();
  private final List<String> path = new ArrayList<>();

  TemplateChecker(Map<String, EmailTemplateSpec> all, ProfileSchema schema) {
    this.all = all;
    this.schema = schema;
  }

  /** Checks the template to compile. */
  CheckedTemplate check(String name, EmailTemplateSpec spec) {
    CheckedTemplate known = checked.get(name);
    if (known != null) {
      return known;
    }
    path.add(name);
    CheckedTemplate result = checkNew(spec);
    path.remove(path.size() - 1);
    checked.put(name, result);
    return result;
  }

  private CheckedTemplate checkNew(EmailTemplateSpec spec) {
    List<FieldProblem> problems = new ArrayList<>(SpecCheck.check(spec, schema));
    Partials partials = Partials.of(spec, all, path, this, problems);
    Map<String, String> slots = partials.slots(spec);
    Map<String, String> defaults = partials.defaults(spec);
    NameCheck names = new NameCheck(schema, slots, defaults.keySet(), partials.declared());

    List<Token> subject = tokens(TemplateField.Subject, spec.subject(), names, problems);
    List<Token> preheader = tokens(TemplateField.Preheader, spec.preheader(), names, problems);
    List<Token> html = tokens(TemplateField.Html, spec.html(), names, problems);
    List<Token> text = tokens(TemplateField.Text, spec.text(), names, problems);
    html = partials.inPlace(TemplateField.Html, html);
    text = partials.inPlace(TemplateField.Text, text);
    partials.reportUnused();

    MustacheScanner.Scan inHtml = HtmlCheck.check(html, HtmlPlaces.of(html));
    add(TemplateField.Html, inHtml.problems(), problems);
    return new CheckedTemplate(
        subject,
        preheader,
        inHtml.tokens(),
        spec.text() == null ? Optional.empty() : Optional.of(text),
        slots,
        defaults,
        List.copyOf(problems));
  }

  private static List<Token> tokens(
      TemplateField field, String source, NameCheck names, List<FieldProblem> problems) {
    if (source == null) {
      return List.of();
    }
    MustacheScanner.Scan scan = MustacheScanner.scan(source);
    add(field, scan.problems(), problems);
    MustacheScanner.Scan resolved = names.check(field, scan.tokens());
    add(field, resolved.problems(), problems);
    return resolved.tokens();
  }

  private static void add(TemplateField field, List<Problem> found, List<FieldProblem> problems) {
    found.forEach(problem -> problems.add(new FieldProblem(field.path(), problem)));
  }
}

package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.model.FieldSource;
import dev.lettershop.template.model.Names;
import dev.lettershop.template.model.Scan;
import dev.lettershop.template.model.SlotDefinition;
import dev.lettershop.template.model.Token;
import dev.lettershop.template.place.ForeignCode;
import dev.lettershop.template.place.HtmlCheck;
import dev.lettershop.template.place.HtmlPlaces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    CheckedTemplate result = checkNew(name, spec);
    path.remove(path.size() - 1);
    checked.put(name, result);
    return result;
  }

  private CheckedTemplate checkNew(String name, EmailTemplateSpec spec) {
    // A set, because languages share fields.
    Set<FieldProblem> problems = new LinkedHashSet<>();
    Partials partials = Partials.of(spec, all, path, this, problems);
    Map<String, SlotDefinition> slots = partials.slots(spec);
    Map<String, String> defaults = partials.defaults(spec);
    problems.addAll(SpecCheck.check(spec, schema, slots));
    Names names = new Names(name, schema, slots, defaults.keySet(), partials.declared());

    Language language = Languages.of(spec.engine());
    Map<FieldSource, Scan> read = new HashMap<>();
    Map<String, CheckedTexts> texts = new LinkedHashMap<>();
    for (LanguageVersion version : LanguageVersion.of(spec)) {
      for (FieldSource field : fields(version)) {
        read.computeIfAbsent(
            field, f -> language.read(f.source(), f.field(), names, Language.Purpose.Expanding));
      }
      texts.put(version.locale(), texts(version, read, partials, problems));
    }
    read.keySet().stream()
        .sorted(Comparator.comparing(FieldSource::path))
        .forEach(field -> add(field, ForeignCode.in(field.source(), spec.engine()), problems));
    partials.reportUnused();
    return new CheckedTemplate(spec.engine(), names, texts, slots, defaults, List.copyOf(problems));
  }

  private static List<FieldSource> fields(LanguageVersion version) {
    List<FieldSource> fields = new ArrayList<>();
    for (FieldSource field :
        new FieldSource[] {
          version.subject(), version.preheader(), version.body(), version.text()
        }) {
      if (field != null) {
        fields.add(field);
      }
    }
    return fields;
  }

  private static CheckedTexts texts(
      LanguageVersion version,
      Map<FieldSource, Scan> read,
      Partials partials,
      Collection<FieldProblem> problems) {
    for (FieldSource field : fields(version)) {
      add(field, read.get(field).problems(), problems);
    }
    List<Token> body = partials.inPlace(version, version.body(), tokens(version.body(), read));
    if (version.body() != null) {
      Scan places = HtmlCheck.check(body, HtmlPlaces.of(body));
      add(version.body(), places.problems(), problems);
    }
    return new CheckedTexts(
        version,
        tokens(version.subject(), read),
        tokens(version.preheader(), read),
        body,
        Optional.ofNullable(version.text())
            .map(text -> partials.inPlace(version, text, tokens(text, read))));
  }

  private static List<Token> tokens(FieldSource field, Map<FieldSource, Scan> read) {
    return field == null ? List.of() : read.get(field).tokens();
  }

  private static void add(
      FieldSource field, List<Problem> found, Collection<FieldProblem> problems) {
    found.forEach(problem -> problems.add(new FieldProblem(field.path(), problem)));
  }
}

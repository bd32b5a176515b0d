package dev.lettershop.plan.compile;

import dev.lettershop.api.v1alpha1.field.FieldRule;
import dev.lettershop.api.v1alpha1.field.InvalidValue;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.diagnostic.DidYouMean;
import dev.lettershop.diagnostic.FieldProblem;
import dev.lettershop.diagnostic.Problem;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.profile.ProfileSchema.AttributeDefinition;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with how a source's values are to be tidied. */
final class NormaliseCheck {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> LANGUAGES =
      Arrays.stream(NumberFormat.getAvailableLocales())
          .map(Locale::getLanguage)
          .collect(Collectors.toUnmodifiableSet());

  private final ProfileSchema schema;
  private final Set<String> targets;
  private final List<FieldProblem> problems = new ArrayList<>();

  /**
   * @param targets what the source can fill
   */
  NormaliseCheck(ProfileSchema schema, Set<String> targets) {
    this.schema = schema;
    this.targets = targets;
  }

  List<FieldProblem> problems(Normalise normalise) {
    country("spec.normalise.phones", normalise.phones());
    locale("spec.normalise.numbers", normalise.numbers());
    disposable(normalise.disposable());
    for (int i = 0; i < normalise.fields().size(); i++) {
      rule("spec.normalise.fields[" + i + "]", normalise.fields().get(i));
    }
    return problems;
  }

  private void disposable(String attribute) {
    if (attribute == null) {
      return;
    }
    AttributeDefinition declared = schema.attributes().get(attribute);
    if (declared == null) {
      error(
          "spec.normalise.disposable",
          "unknown attribute \"" + attribute + "\"",
          "declare it in the ProfileStore with the type Boolean");
    } else if (declared.type() != AttributeType.Boolean) {
      error(
          "spec.normalise.disposable",
          "the attribute \"" + attribute + "\" is " + declared.type() + ", not Boolean",
          "name a Boolean attribute");
    }
  }

  private void rule(String path, FieldRule rule) {
    if (!targets.contains(rule.name())) {
      error(
          path + ".name",
          "nothing is called \"" + rule.name() + "\" that this source could fill",
          DidYouMean.fix(rule.name(), targets));
    }
    country(path + ".region", rule.region());
    locale(path + ".numbers", rule.numbers());
    if (rule.onInvalid() == InvalidValue.Default && rule.byDefault() == null) {
      error(path + ".byDefault", "is missing, and onInvalid asks for it", "name the default");
    }
    if (rule.tableFrom() != null && !rule.table().isEmpty()) {
      error(path + ".tableFrom", "stands beside a table", "keep one of the two");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rule.table().size(); i++) {
      if (!seen.add(rule.table().get(i).from().strip().toLowerCase(Locale.ROOT))) {
        error(
            path + ".table[" + i + "].from",
            "stands in the table twice, whatever its case",
            "keep one of the two");
      }
    }
  }

  private void country(String path, String code) {
    if (code != null && !COUNTRIES.contains(code)) {
      error(path, "unknown country " + code, "write its ISO 3166 code, such as DE");
    }
  }

  private void locale(String path, String tag) {
    if (tag != null && !LANGUAGES.contains(Locale.forLanguageTag(tag).getLanguage())) {
      error(path, "unknown locale " + tag, "write one such as de-DE");
    }
  }

  private void error(String field, String message, String fix) {
    problems.add(new FieldProblem(field, Problem.error(null, message, fix)));
  }
}

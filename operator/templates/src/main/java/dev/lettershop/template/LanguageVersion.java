package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.EmailTemplateSpec;
import dev.lettershop.api.v1alpha1.template.TemplateTranslation;
import dev.lettershop.profile.LocaleChain;
import dev.lettershop.template.model.FieldSource;
import dev.lettershop.template.model.TemplateField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A template in one language: each field from the translation that is nearest, else the template's
 * own.
 *
 * @param locale canonical tag, or empty for the template's own texts
 * @param subject null when missing
 * @param preheader null for none
 * @param body null when missing
 * @param text null when it is made from the body
 * @param slots values for slots that no rule fills, beyond the template's own
 * @param defaults texts for attributes that a profile lacks, beyond the template's own
 */
record LanguageVersion(
    String locale,
    FieldSource subject,
    FieldSource preheader,
    FieldSource body,
    FieldSource text,
    Map<String, String> slots,
    Map<String, String> defaults) {

  private record Level(
      FieldSource subject,
      FieldSource preheader,
      FieldSource body,
      FieldSource text,
      Map<String, String> slots,
      Map<String, String> defaults) {}

  /** The template's own texts first, then the translations by locale. */
  static List<LanguageVersion> of(EmailTemplateSpec spec) {
    Level own =
        new Level(
            source(TemplateField.Subject, "spec", spec.subject()),
            source(TemplateField.Preheader, "spec", spec.preheader()),
            body("spec", spec.html(), spec.mjml()),
            source(TemplateField.Text, "spec", spec.text()),
            Map.of(),
            Map.of());
    Map<String, Level> translated = new TreeMap<>();
    for (int i = 0; i < spec.translations().size(); i++) {
      TemplateTranslation translation = spec.translations().get(i);
      translated.putIfAbsent(
          LocaleChain.canonical(translation.locale()),
          level(translation, "spec.translations[" + i + "]"));
    }
    List<LanguageVersion> versions = new ArrayList<>();
    versions.add(version("", List.of(own)));
    for (String locale : translated.keySet()) {
      List<Level> levels = new ArrayList<>();
      LocaleChain.of(locale).stream()
          .filter(translated::containsKey)
          .map(translated::get)
          .forEach(levels::add);
      levels.add(own);
      versions.add(version(locale, levels));
    }
    return versions;
  }

  private static Level level(TemplateTranslation translation, String path) {
    return new Level(
        source(TemplateField.Subject, path, translation.subject()),
        source(TemplateField.Preheader, path, translation.preheader()),
        body(path, translation.html(), translation.mjml()),
        source(TemplateField.Text, path, translation.text()),
        translation.slots(),
        translation.defaults());
  }

  private static LanguageVersion version(String locale, List<Level> levels) {
    Map<String, String> slots = new LinkedHashMap<>();
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Level level : levels) {
      level.slots().forEach(slots::putIfAbsent);
      level.defaults().forEach(defaults::putIfAbsent);
    }
    return new LanguageVersion(
        locale,
        first(levels, Level::subject),
        first(levels, Level::preheader),
        first(levels, Level::body),
        text(levels),
        slots,
        defaults);
  }

  /** A translated body without a text of its own is not accompanied by another language's text. */
  private static FieldSource text(List<Level> levels) {
    for (Level level : levels) {
      if (level.text() != null || level.body() != null) {
        return level.text();
      }
    }
    return null;
  }

  private static FieldSource first(List<Level> levels, Function<Level, FieldSource> field) {
    for (Level level : levels) {
      if (field.apply(level) != null) {
        return field.apply(level);
      }
    }
    return null;
  }

  private static FieldSource body(String path, String html, String mjml) {
    FieldSource body = source(TemplateField.Mjml, path, mjml);
    return body == null ? source(TemplateField.Html, path, html) : body;
  }

  private static FieldSource source(TemplateField field, String path, String source) {
    return source == null ? null : new FieldSource(field, path + "." + field.key(), source);
  }
}

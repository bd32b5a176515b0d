package dev.lettershop.template;

import dev.lettershop.api.v1alpha1.template.TemplateEngine;
import dev.lettershop.template.handlebars.HandlebarsLanguage;
import dev.lettershop.template.language.Language;
import dev.lettershop.template.liquid.LiquidLanguage;
import dev.lettershop.template.mustache.MustacheLanguage;

/** The template languages by the name that an EmailTemplate gives them. */
final class Languages {
  private Languages() {}

  /**
   * @param engine null stands for Mustache
   */
  static Language of(TemplateEngine engine) {
    return switch (engine == null ? TemplateEngine.Mustache : engine) {
      case Mustache -> new MustacheLanguage();
      case Handlebars -> new HandlebarsLanguage();
      case Liquid -> new LiquidLanguage();
    };
  }
}

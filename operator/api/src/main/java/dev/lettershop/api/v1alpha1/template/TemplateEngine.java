package dev.lettershop.api.v1alpha1.template;

/** The language that a template is written in. */
public enum TemplateEngine {
  Mustache,
  Handlebars,
  Liquid
}

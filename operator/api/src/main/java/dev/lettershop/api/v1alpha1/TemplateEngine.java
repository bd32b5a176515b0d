package dev.lettershop.api.v1alpha1;

public enum TemplateEngine {
  Mustache,
  Handlebars,
  Liquid
}

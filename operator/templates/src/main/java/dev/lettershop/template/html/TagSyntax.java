package dev.lettershop.template.html;

/** How the tags of a template language look inside a body. */
public enum TagSyntax {
  /** Mustache and Handlebars: <code>{{…}}</code> and <code>{{{…}}}</code>. */
  Braces,
  /** Liquid: <code>{{…}}</code> and <code>{%…%}</code>. */
  Liquid
}

/**
 * As much CSS as moving style rules into style attributes takes: statements and declarations with
 * their place in the text, selectors with their specificity, and whether an element matches. The
 * text may hold tags of a template as {@link dev.lettershop.template.html.css.Marks}; what depends
 * on them is answered with "maybe". Knows nothing of mails and of templates' languages.
 */
package dev.lettershop.template.html.css;

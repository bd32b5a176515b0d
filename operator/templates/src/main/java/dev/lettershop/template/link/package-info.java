/**
 * Links whose clicks are recorded: found and numbered once, when a template is compiled, and put in
 * place of their marks when a mail is rendered. Knows neither keys nor tables.
 */
package dev.lettershop.template.link;

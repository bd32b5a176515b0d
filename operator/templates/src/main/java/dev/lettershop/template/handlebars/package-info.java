/** Handlebars: reader, scanner, helpers and engine. */
package dev.lettershop.template.handlebars;

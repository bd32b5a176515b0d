/** Mustache: reader, scanner and engine. */
package dev.lettershop.template.mustache;

/** Liquid: reader, scanner, filters and engine. */
package dev.lettershop.template.liquid;

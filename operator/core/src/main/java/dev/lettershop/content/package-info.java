/**
 * Content rules: which text stands in which slot of a template for one profile. Compiled rules and
 * slot defaults come in, a value per slot goes out. Values are plain text: never read as a
 * template, escaped where a template shows them. Knows no template, no resource and no clock.
 */
package dev.lettershop.content;

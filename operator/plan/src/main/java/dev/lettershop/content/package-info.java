/**
 * Content rules: which text stands in which slot of a template for one profile. Compiled rules and
 * slot defaults come in, a value per slot goes out. Values are text: never read as a template,
 * shown as the type of their slot says. Knows no template, no resource and no clock.
 */
package dev.lettershop.content;

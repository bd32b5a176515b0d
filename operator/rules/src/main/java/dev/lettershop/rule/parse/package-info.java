/**
 * From CEL text to the checked tree: syntax, names, types, and what is refused with its reason.
 * Nothing here evaluates a rule.
 */
package dev.lettershop.rule.parse;

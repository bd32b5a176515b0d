/**
 * Expressions that compute fields from a source's record: CEL over {@code record}, bounded in size
 * and output.
 */
package dev.lettershop.rule.mapping;

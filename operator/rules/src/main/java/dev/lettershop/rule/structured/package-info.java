/**
 * Structured rules of a segment ({@code spec.rules}), written as the expression that means the
 * same.
 */
package dev.lettershop.rule.structured;

/** Structured rules of a segment ({@code spec.rules}), compiled to the same tree as CEL. */
package dev.lettershop.rule.structured;

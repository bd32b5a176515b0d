/**
 * The rule language: CEL text is parsed, checked against a store's schema and lowered to {@link
 * dev.lettershop.rule.Expr}, the small typed form that both engines (in memory here, SQL in the
 * store) work from. Text and schema come in, rules and problems go out; nothing here knows about
 * resources, files, databases or the clock.
 */
package dev.lettershop.rule;

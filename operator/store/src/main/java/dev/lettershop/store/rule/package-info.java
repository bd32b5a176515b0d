/**
 * Rules as SQL: the second engine, with the same meaning as the one in memory; SQL's NULL is the
 * language's unknown. Typed expressions come in, jOOQ conditions with bind values go out; it must
 * not know CEL's text, and runs nothing.
 */
package dev.lettershop.store.rule;

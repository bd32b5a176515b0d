/**
 * The engine that answers rules in memory, for one profile at a time. It takes a checked tree and
 * never sees its text.
 */
package dev.lettershop.rule.evaluate;

/** Breaks a rule on purpose, so that the test of the rule has something to find. */
package dev.lettershop.playground.architecture.arguments;

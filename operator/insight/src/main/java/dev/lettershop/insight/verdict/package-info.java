/**
 * Who opened or clicked: a person, a proxy on behalf of one, or a machine that looked by itself.
 * Ordered rules, each with its reason, over hits in the order of time; pure, with memory for an
 * hour of hits, not for all.
 */
package dev.lettershop.insight.verdict;

/**
 * A made-up shop with made-up people: writes the files that the quickstart and the benchmarks read.
 *
 * <p>Everything follows from a seed, a number of customers and a moment, so that two runs give the
 * same bytes and "in the last 24 hours" is always true. Nobody in here exists: names are drawn from
 * lists, addresses end in the domains that RFC 2606 keeps free. Knows nothing of the store or the
 * worker; it plays the systems outside.
 */
package dev.lettershop.playground.sample;

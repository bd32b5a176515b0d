/**
 * Takes events from the clients that exist, over HTTP: reads calls of whatever shape, refuses what
 * can never be used, and answers when the rest is stored. What calls mean is found out later.
 */
package dev.lettershop.collector.intake;

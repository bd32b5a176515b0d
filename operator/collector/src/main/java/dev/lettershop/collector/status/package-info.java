/**
 * Tells the Collector resource what a Pod has done: counts from the metrics, and nothing about
 * anybody. Without an API server there is nothing to tell.
 */
package dev.lettershop.collector.status;

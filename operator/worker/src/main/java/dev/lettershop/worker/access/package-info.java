/**
 * Opens what a plan refers to: stores, relays, sources, and the Secrets they need. Values are read
 * when asked for and never kept in a plan.
 */
package dev.lettershop.worker.access;

/**
 * Figures of campaigns for Prometheus, read from the statuses at the moment of the scrape. Keeps no
 * state of its own, so a series is gone with its campaign and nothing has to be pushed. Labels hold
 * names of namespaces and campaigns, never of people.
 */
package dev.lettershop.controller.metrics;

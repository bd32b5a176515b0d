/**
 * Holds the Helm chart, and {@code deploy/} that is rendered from it, to what the code needs and to
 * what a cautious platform team expects. Helm runs in this JVM; knows no cluster.
 */
package dev.lettershop.playground.chart;

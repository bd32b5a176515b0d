/** What Prometheus reads. */
package dev.lettershop.controller.metrics;

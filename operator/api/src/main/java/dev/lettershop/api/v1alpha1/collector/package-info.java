/** Collector: the service that takes events, sign-ups and webhooks from outside. */
package dev.lettershop.api.v1alpha1.collector;

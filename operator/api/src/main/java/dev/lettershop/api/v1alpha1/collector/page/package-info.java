/** The pages that a Collector serves: preferences, confirmation and sign-up. */
package dev.lettershop.api.v1alpha1.collector.page;

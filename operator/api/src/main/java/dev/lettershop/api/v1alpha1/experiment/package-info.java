/** Variants of a campaign and how the winner is decided. */
package dev.lettershop.api.v1alpha1.experiment;

/** Segment and the structured form of rules. */
package dev.lettershop.api.v1alpha1.segment;

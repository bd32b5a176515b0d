/** Volumes that a source or a spool may be read from. */
package dev.lettershop.api.v1alpha1.volume;

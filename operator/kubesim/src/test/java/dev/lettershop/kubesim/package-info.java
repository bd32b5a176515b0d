/** The laptop's cluster as a whole. */
package dev.lettershop.kubesim;

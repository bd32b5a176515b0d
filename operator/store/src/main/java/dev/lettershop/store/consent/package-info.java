/**
 * What people say about being mailed, and what counts of it: a consent is of a profile and a topic,
 * a refusal is of the address too. Statements come in, one by one or as those of a load; where they
 * were read or clicked is not known here.
 */
package dev.lettershop.store.consent;

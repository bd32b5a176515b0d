/**
 * The audit log: what was done to people's data, by whom and when, as a chain of hashes that shows
 * whether somebody changed it. Ids and hashes come in, never personal data.
 */
package dev.lettershop.store.audit;

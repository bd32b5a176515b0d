/**
 * The door to PostgreSQL: one {@link dev.lettershop.store.Store} per process, from which loading,
 * freezing and the ledger are reached. Typed requests come in, typed answers go out; nothing in
 * here knows of files, SMTP or Kubernetes.
 */
package dev.lettershop.store;

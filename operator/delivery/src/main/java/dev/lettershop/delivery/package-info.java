/**
 * The send pipeline: it claims recipients from the ledger, has their mails rendered, hands the
 * messages to a relay and records what became of each. The ledger comes in as a port, rendering as
 * a function, the relay as an interface; nothing here knows a resource, a template language or SQL.
 * Memory is bounded by queues whose sizes do not depend on the audience.
 */
package dev.lettershop.delivery;

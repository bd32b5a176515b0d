/**
 * The send pipeline: claims recipients, composes, marks, hands over and records, each step in a
 * thread of its own. It knows the ledger through one interface and no campaign.
 */
package dev.lettershop.delivery.pipeline;

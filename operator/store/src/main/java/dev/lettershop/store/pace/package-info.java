/**
 * How fast mail may go out, for all processes that share a store: rates, slots and sending hours.
 */
package dev.lettershop.store.pace;

/**
 * Connections to PostgreSQL, transactions, and errors in words. Settings come in; no other package
 * talks to the driver's connection set-up or shows a server's message to people. Knows no table.
 */
package dev.lettershop.store.database;

/**
 * Reads the rows of a database by a query. Rows stream: memory does not grow with them.
 *
 * <p>A {@code ProfileSource}'s {@code spec.jdbc} comes in, records go out; it knows nothing of the
 * store. Drivers are made by name, when one is needed, and never found by a service loader.
 */
package dev.lettershop.source.connect.jdbc;

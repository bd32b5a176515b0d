/**
 * A real PostgreSQL for as long as somebody needs it.
 *
 * <p>A folder comes in, an address to connect to goes out. It must not know which tables will be in
 * it or who fills them.
 */
package dev.lettershop.playground.database;

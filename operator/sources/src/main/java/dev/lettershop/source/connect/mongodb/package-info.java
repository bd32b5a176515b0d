/**
 * Reads the documents of a MongoDB collection: those with a higher {@code _id} than before, or what
 * a change stream says.
 *
 * <p>A {@code ProfileSource}'s {@code spec.mongodb} comes in, records go out; it knows nothing of
 * the store.
 */
package dev.lettershop.source.connect.mongodb;

/**
 * Reads a JSON API page by page.
 *
 * <p>A {@code ProfileSource}'s {@code spec.http} comes in, records go out; it knows nothing of the
 * store. What a server answers is not trusted: neither where it sends a request to, nor how large
 * an answer is, nor which address its name stands for.
 */
package dev.lettershop.source.connect.http;

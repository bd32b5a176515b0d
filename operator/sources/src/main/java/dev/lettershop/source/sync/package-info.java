/**
 * Brings a store up to date with a source: files as one transaction, connectors in portions that
 * carry their position. The entry point is {@link dev.lettershop.source.sync.SourceSync}.
 */
package dev.lettershop.source.sync;

/**
 * Keeps on disk what was answered while the database was away, and brings it into the database
 * afterwards. Knows no feature: entries are bytes, applied by whoever wrote them.
 */
package dev.lettershop.collector.spool;

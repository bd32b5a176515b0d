/**
 * Keeps on the disk what could not be brought into the database at once, and brings it there
 * afterwards. Knows no feature: records are bytes of a kind, applied by whoever registered for it.
 */
package dev.lettershop.collector.spool;

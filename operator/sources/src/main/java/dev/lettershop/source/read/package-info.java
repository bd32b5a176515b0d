/** Reads records from files: CSV and NDJSON, compressed or not. Knows no schema and no store. */
package dev.lettershop.source.read;

/**
 * How values become text and bytes, once for all modules: JSON, YAML and SHA-256. Knows no resource
 * and no person.
 */
package dev.lettershop.encoding;

/**
 * From a record to a profile, an event or a consent: fields by name or through a mapping, cleaned
 * and converted to the type that the schema declares.
 */
package dev.lettershop.source.map;

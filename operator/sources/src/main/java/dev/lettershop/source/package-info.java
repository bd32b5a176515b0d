/**
 * Reads what other systems export and turns it into profiles, events and consents.
 *
 * <p>A source is read record by record: parsed, mapped, converted to the declared types, cleaned,
 * and handed to the store's loader, which writes all of it in one transaction or none. Memory does
 * not grow with the input. Records that cannot be used are set aside with their position, field and
 * reason, never with their values: nothing in here may put personal data into a message.
 *
 * <p>Knows the store's loading interface and the resource types; knows nothing of campaigns,
 * Kubernetes or the command line.
 */
package dev.lettershop.source;

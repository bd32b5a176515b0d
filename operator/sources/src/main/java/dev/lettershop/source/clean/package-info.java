/**
 * Turns raw values into clean ones: addresses, names, phone numbers, countries, dates, numbers.
 * Pure; a value that cannot be used becomes a reason, never an exception.
 */
package dev.lettershop.source.clean;

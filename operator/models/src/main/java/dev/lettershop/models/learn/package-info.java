/**
 * Learns chances from rows with labels, and judges what was learnt on rows that it has not seen.
 * Pure.
 */
package dev.lettershop.models.learn;

/**
 * Learns from what people did, and says what that means for each of them: groups and chances.
 * Training and scoring are here; what they read and write is the store's.
 */
package dev.lettershop.models;

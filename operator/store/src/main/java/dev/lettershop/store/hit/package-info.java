/**
 * Opens and clicks as they came, and where links of a run lead. What a hit means is decided
 * elsewhere; whether it may name a person is decided here, when it is stored.
 */
package dev.lettershop.store.hit;

/**
 * Opens and clicks as they came, and where links of a run lead. What a hit means is decided
 * elsewhere, and recorded and counted here; whether it may name a person is decided here, when it is stored.
 */
package dev.lettershop.store.hit;

/**
 * Addresses and domains that get no mail, whatever was consented to: added, explained, lifted, each
 * time with who did it and why. Addresses come in, or hashes of them; what a bounce is must not be
 * known here.
 */
package dev.lettershop.store.suppression;

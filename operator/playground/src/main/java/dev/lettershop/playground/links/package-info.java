/**
 * One address on this machine for the links of mails, whichever Pod answers them at the moment.
 * Moves bytes and knows nothing of HTTP or of collectors.
 */
package dev.lettershop.playground.links;

/**
 * DKIM (RFC 6376, 8301, 8463): signatures over finished messages. Private keys and the bytes of a
 * message come in, DKIM-Signature fields go out. Nothing here knows where keys are kept, whose
 * message it is, or a clock.
 */
package dev.lettershop.delivery.dkim;

/**
 * SMTP as a client speaks it to one relay (RFC 5321 and its extensions): connections that are
 * reused, commands that are pipelined, and for each message an exact account of what became of it.
 * Messages come in, results go out; nothing here knows the ledger or a campaign. Of a server's
 * replies only the codes leave this package, because their texts may hold addresses.
 */
package dev.lettershop.delivery.smtp;

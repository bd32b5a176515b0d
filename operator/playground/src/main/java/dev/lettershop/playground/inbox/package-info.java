/**
 * A small, real SMTP server for the loopback interface, and what becomes of the mails it takes in.
 *
 * <p>Bytes come in over a socket and go to a {@link dev.lettershop.playground.inbox.MessageSink} as
 * they were sent. It must not know who sends, nor anything of campaigns, profiles or templates.
 */
package dev.lettershop.playground.inbox;

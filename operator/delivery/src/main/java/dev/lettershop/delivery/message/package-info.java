/**
 * Internet messages: everything that is the same for a whole run is prepared once, and per
 * recipient a rendered mail becomes the bytes of one message. Rendered text and addresses come in,
 * bytes go out; nothing here knows a database, a socket or a clock.
 */
package dev.lettershop.delivery.message;

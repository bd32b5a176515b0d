/**
 * Mails to look at before anything is sent: templates and campaigns filled in for made-up profiles
 * or for one of the store, with what decided about their content, as pages that need no server.
 *
 * <p>Compiled templates and profiles come in, rendered mails and a gallery go out. Mails are not
 * trusted: nothing in one runs or loads anything.
 */
package dev.lettershop.worker.preview;

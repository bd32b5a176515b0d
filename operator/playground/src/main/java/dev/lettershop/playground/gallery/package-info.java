/**
 * A page to look through mails with, from a folder of {@code .eml} files.
 *
 * <p>Messages and a summary come in, a folder that a browser opens without a server comes out. It
 * must not know how the mails came about: no campaign, no database, no SMTP.
 */
package dev.lettershop.playground.gallery;

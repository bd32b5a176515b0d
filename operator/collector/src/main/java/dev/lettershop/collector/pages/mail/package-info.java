/**
 * The mails that ask people to confirm a sign-up: takes sign-ups out of the store in the background
 * and sends what they plan, by the same ledger and pipeline as campaigns. Knows no HTTP.
 */
package dev.lettershop.collector.pages.mail;

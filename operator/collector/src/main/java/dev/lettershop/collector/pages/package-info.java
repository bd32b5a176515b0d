/**
 * The pages that links in mails lead to: unsubscribing, preferences, the confirmation of a sign-up,
 * and sign-up forms. Requests come in, pages without scripts go out. Reading a page changes
 * nothing; only a POST does. What people said is the store's to keep.
 */
package dev.lettershop.collector.pages;

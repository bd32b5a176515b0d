/**
 * {@code lettershop quickstart}: the sample campaign on a database and an inbox of its own.
 *
 * <p>A folder to write to comes in; mails, a page to look at them and a summary come out. The
 * campaign itself is run by the worker's code, as for {@code lettershop run}; nothing in here
 * decides who gets what.
 */
package dev.lettershop.playground.quickstart;

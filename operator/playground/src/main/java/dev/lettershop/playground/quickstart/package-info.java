/**
 * {@code lettershop quickstart}: the sample campaign on a playground of its own.
 *
 * <p>A folder to write to comes in; mails, a page to look at them and a summary come out. The
 * campaign is run by the controller and its Pods, from the resources; nothing in here decides who
 * gets what.
 */
package dev.lettershop.playground.quickstart;

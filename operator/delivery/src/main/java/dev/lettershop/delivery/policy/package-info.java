/**
 * What sending decides: how many at a time, to which domain, when to try again, when a relay counts
 * as failing. Nothing here talks to a server or a database.
 */
package dev.lettershop.delivery.policy;

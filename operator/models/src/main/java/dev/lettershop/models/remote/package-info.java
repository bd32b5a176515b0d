/**
 * Models that are served elsewhere: what is asked in the words of each protocol, what the answers
 * mean, and what becomes of those without one. How requests travel comes in from outside.
 */
package dev.lettershop.models.remote;

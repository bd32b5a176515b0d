/**
 * What goes with what: learns from who bought what, and says what a person may like. Knows no
 * database; who bought what comes in as numbers.
 */
package dev.lettershop.models.recommend;

/** The check of what is shipped: licences and known weaknesses of libraries. */
package dev.lettershop.playground.shipped;

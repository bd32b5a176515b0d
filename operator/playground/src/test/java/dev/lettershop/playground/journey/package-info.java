/** What somebody new does first, with the packaged program. */
package dev.lettershop.playground.journey;

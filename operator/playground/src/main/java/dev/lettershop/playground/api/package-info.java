/**
 * A client of the Kubernetes API for the commands that people use: the kinds that it knows, how
 * they are found, read and changed. Works on JSON as the server gives it, so that nothing is lost
 * that the types do not know. Knows neither the terminal nor what is behind the server.
 */
package dev.lettershop.playground.api;

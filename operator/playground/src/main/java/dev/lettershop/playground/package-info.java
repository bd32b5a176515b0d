/**
 * The laptop's entry point: the command line of the worker plus {@code quickstart}.
 *
 * <p>A stand-in for the cluster around it. Everything may be used in here and nothing may use it;
 * it is never in an image.
 */
package dev.lettershop.playground;

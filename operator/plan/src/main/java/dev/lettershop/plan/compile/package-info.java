/**
 * The plan compiler and the checks it is made of. Resources come in, plans or diagnostics come out;
 * nothing is read and nothing is written.
 */
package dev.lettershop.plan.compile;

/**
 * What all reconcilers do alike: judge a spec by what the compiler found, write the status, record
 * what changed. Each kind's own steps are in its own package.
 */
package dev.lettershop.controller.reconcile;

/**
 * The command line that people use: reads manifests from files, calls the plan compiler and the
 * worker, and prints for a person or as JSON. Results go to standard output, everything else to
 * standard error. Knows nothing of how a plan is compiled or a mail is sent.
 */
package dev.lettershop.cli;

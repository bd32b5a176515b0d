/**
 * What a worker does from end to end: sync the sources, freeze the audience, send, report. Plans,
 * credentials and input files come in; counts and a status go out. Does not read resources from a
 * cluster and does not print.
 */
package dev.lettershop.worker;

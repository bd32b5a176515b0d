/**
 * The contract between the control plane and the Jobs that it makes: which files a worker is handed
 * and where, what it hands back when it ends, and its exit codes. Both sides use these types, so
 * that they cannot drift apart. Knows neither the API server nor the file system.
 */
package dev.lettershop.job;

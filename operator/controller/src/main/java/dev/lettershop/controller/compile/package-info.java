/**
 * Compiles what the cache shows, and only what has changed. Knows the plan compiler and the cache,
 * nothing of Kubernetes' objects that are made from the result.
 */
package dev.lettershop.controller.compile;

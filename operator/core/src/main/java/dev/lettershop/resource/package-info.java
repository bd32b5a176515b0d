/**
 * Reads manifests: YAML text comes in, typed resources of one namespace with the place of each of
 * their fields go out, and diagnostics for what is malformed or against the kind's CRD. Pure; opens
 * no file, and knows nothing of what a resource means.
 */
package dev.lettershop.resource;

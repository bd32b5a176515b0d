/**
 * Generates the CRDs from the types and finishes what annotations cannot say. The types come in,
 * the files of {@code crds/} go out; knows nothing of what the resources mean.
 */
package dev.lettershop.api.crd;

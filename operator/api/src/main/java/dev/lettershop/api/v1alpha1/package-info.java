/**
 * The custom resource types of {@code lettershop.dev/v1alpha1}, as records that apply the same
 * defaults as the CRDs generated from them. What may come in is what the API has; the types know
 * nothing of what is done with them, and hold no behaviour.
 */
package dev.lettershop.api.v1alpha1;

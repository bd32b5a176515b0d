/**
 * What collectors have taken and nobody has worked through: appended in bulk by processes that may
 * do little else, read and settled by the mapping. What the content means is not known here.
 */
package dev.lettershop.store.intake;

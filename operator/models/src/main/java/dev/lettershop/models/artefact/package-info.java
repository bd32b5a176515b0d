/** What a model has learnt, as numbers that are written to the store and read back. */
package dev.lettershop.models.artefact;

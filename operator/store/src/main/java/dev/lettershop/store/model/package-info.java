/**
 * What models are made from and what comes of them: features of many people, versions, and scores.
 * Knows nothing of how a model learns.
 */
package dev.lettershop.store.model;

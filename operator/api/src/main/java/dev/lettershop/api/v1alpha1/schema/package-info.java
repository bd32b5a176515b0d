/** What the fields of all kinds share with the schema: patterns, lengths and the keys of lists. */
package dev.lettershop.api.v1alpha1.schema;

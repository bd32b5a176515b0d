/**
 * What the tables look like: the migrations, the typed columns of declared attributes, and how an
 * address is written as a key. Schemas come in; it must not know who reads or writes the tables.
 */
package dev.lettershop.store.schema;

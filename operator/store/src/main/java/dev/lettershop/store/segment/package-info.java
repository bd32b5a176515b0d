/**
 * Records who is in a segment, so that its size and who came and went can be told. Compiled rules
 * come in; audiences do not rest on what is recorded here.
 */
package dev.lettershop.store.segment;

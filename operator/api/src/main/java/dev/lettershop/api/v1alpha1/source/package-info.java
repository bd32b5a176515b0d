/** ProfileSource: where records come from, one type for each kind of source. */
package dev.lettershop.api.v1alpha1.source;

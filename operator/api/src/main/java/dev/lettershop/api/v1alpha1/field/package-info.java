/** How a column becomes a field: mapping, cleaning and what happens to unusable values. */
package dev.lettershop.api.v1alpha1.field;

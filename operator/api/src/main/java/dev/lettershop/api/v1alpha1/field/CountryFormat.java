package dev.lettershop.api.v1alpha1.field;

/** How countries are written. */
public enum CountryFormat {
  Iso3166
}

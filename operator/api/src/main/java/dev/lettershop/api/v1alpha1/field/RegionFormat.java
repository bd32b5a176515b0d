package dev.lettershop.api.v1alpha1.field;

/** How regions of countries are written. */
public enum RegionFormat {
  Iso3166
}

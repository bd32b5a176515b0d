package dev.lettershop.api.v1alpha1;

/** How regions of countries are written. */
public enum RegionFormat {
  Iso3166
}

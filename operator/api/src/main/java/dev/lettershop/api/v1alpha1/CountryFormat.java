package dev.lettershop.api.v1alpha1;

public enum CountryFormat {
  Iso3166
}

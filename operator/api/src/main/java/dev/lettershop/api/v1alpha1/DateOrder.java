package dev.lettershop.api.v1alpha1;

/** Order of day, month and year in dates that are written with numbers only. */
public enum DateOrder {
  Dmy,
  Mdy,
  Ymd
}

package dev.lettershop.api.v1alpha1.field;

/** Order of day, month and year in dates that are written with numbers only. */
public enum DateOrder {
  Dmy,
  Mdy,
  Ymd
}

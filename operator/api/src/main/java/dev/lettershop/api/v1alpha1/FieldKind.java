package dev.lettershop.api.v1alpha1;

/** What the text of a field is, and so how it is tidied. */
public enum FieldKind {
  Text,
  Name,
  Email,
  Phone,
  Country,
  Region,
  TimeZone,
  Locale
}

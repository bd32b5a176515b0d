package dev.lettershop.api.v1alpha1.field;

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

package dev.lettershop.api.v1alpha1;

/** Type of the values of an attribute or of an event's property. */
public enum AttributeType {
  String,
  Boolean,
  Integer,
  Double,
  Timestamp,
  StringList
}

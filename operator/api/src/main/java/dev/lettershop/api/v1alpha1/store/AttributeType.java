package dev.lettershop.api.v1alpha1.store;

/** Type of the values of an attribute or of an event's property. */
public enum AttributeType {
  String,
  Boolean,
  Integer,
  Double,
  Timestamp,
  StringList
}

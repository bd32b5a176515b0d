package dev.lettershop.api.v1alpha1;

public enum AttributeType {
  String,
  Boolean,
  Integer,
  Double,
  Timestamp,
  StringList
}

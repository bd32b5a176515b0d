package dev.lettershop.api.v1alpha1.source;

/** How a file of records is written: RFC 4180, or one JSON object a line. */
public enum FileFormat {
  Csv,
  NdJson
}

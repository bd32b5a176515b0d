package dev.lettershop.api.v1alpha1;

public enum FileFormat {
  Csv,
  NdJson
}

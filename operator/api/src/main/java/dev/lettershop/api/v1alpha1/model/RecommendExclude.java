package dev.lettershop.api.v1alpha1.model;

/** What is not recommended to a person. */
public enum RecommendExclude {
  /** What the person has bought. */
  Bought,
  /** For what is bought again and again. */
  Nothing
}

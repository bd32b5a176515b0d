package dev.lettershop.api.v1alpha1.template;

/** What the values of a slot are. */
public enum SlotType {
  /** Plain text. */
  Text,
  /** HTML that the campaign's author wrote. */
  Html,
  /** An address that a link leads to. */
  Url,
  /** The address of a picture. */
  Image,
  /** A number, to be formatted for the recipient. */
  Number,
  /** {@code true} or {@code false}. */
  Boolean,
  /** Several texts, one on each line. */
  List
}

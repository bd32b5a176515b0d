package dev.lettershop.collector.intake;

/** What a call is, by the path that it came to. In this order in stored frames: append only. */
public enum CallType {
  /** Says itself, in its field {@code type}. */
  Any,
  Track,
  Identify,
  Page,
  Screen,
  Group,
  Alias
}

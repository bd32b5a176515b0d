package dev.lettershop.cli.output;

/** How a command prints its result. */
public enum OutputFormat {
  /** For people. */
  text,
  /** For programs: one JSON document on standard output and nothing else there. */
  json
}

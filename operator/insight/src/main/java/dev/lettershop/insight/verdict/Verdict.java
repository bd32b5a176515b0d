package dev.lettershop.insight.verdict;

/** Who caused a hit. */
public enum Verdict {
  /** A person. */
  HUMAN,
  /** Probably a person, behind a mail provider's proxy that hides the client. */
  PROXY,
  /** A client or a mail provider that fetched ahead, whether or not somebody reads. */
  PREFETCH,
  /** A security scanner, a crawler or a program. */
  SCANNER,
  /** Not known: what was recorded of the hit is gone. */
  UNKNOWN
}

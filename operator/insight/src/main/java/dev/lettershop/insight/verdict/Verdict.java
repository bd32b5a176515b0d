package dev.lettershop.insight.verdict;

/** Who caused a hit. */
public enum Verdict {
  /** A person. */
  Human,
  /** Probably a person, behind a mail provider's proxy that hides the client. */
  Proxy,
  /** A client or a mail provider that fetched ahead, whether or not somebody reads. */
  Prefetch,
  /** A security scanner, a crawler or a program. */
  Scanner,
  /** Not known: nobody is named, so little was recorded. */
  Unknown
}

package dev.lettershop.insight.verdict;

/** Which rule gave a verdict, in the order in which the rules are asked. */
public enum Reason {
  /** The method was HEAD or OPTIONS. */
  Method(Verdict.Prefetch),
  /** A header said that the request was made ahead: Sec-Purpose, Purpose or X-Moz. */
  PrefetchHeader(Verdict.Prefetch),
  /** Apple's Mail Privacy Protection, which fetches whether or not somebody reads. */
  ApplePrivacy(Verdict.Prefetch),
  /** Gmail, which fetches ahead while somebody is signed in. */
  GmailPrefetch(Verdict.Prefetch),
  /** Gmail's proxy for pictures, which fetches when a mail is opened. */
  GmailProxy(Verdict.Proxy),
  /** Yahoo's proxy for pictures. */
  YahooProxy(Verdict.Proxy),
  /** Opened within ten seconds after the server took the mail. */
  TooEarly(Verdict.Prefetch),
  /** Several links of one mail within two seconds. */
  Burst(Verdict.Scanner),
  /** From the network of a burst on the same mail, within ten minutes after it. */
  AfterBurst(Verdict.Scanner),
  /** From a network with bursts on three or more mails within the hour. */
  Fleet(Verdict.Scanner),
  /** No user agent. */
  NoClient(Verdict.Scanner),
  /** The user agent of a program library. */
  Library(Verdict.Scanner),
  /** The user agent of a crawler. */
  Crawler(Verdict.Scanner),
  /** From a network that the operator named. */
  Network(Verdict.Scanner),
  /** A form, a purchase or an event of the page that carries the click's id. */
  Evidence(Verdict.Human),
  /** A click more than five minutes, and at most an hour, after another one on the same mail. */
  SecondClick(Verdict.Human),
  /**
   * Nobody is named, so neither time nor place tell anything, and the client says nothing of
   * itself.
   */
  Unnamed(Verdict.Unknown),
  /** No rule for machines applied. */
  NoMachine(Verdict.Human);

  private final Verdict verdict;

  Reason(Verdict verdict) {
    this.verdict = verdict;
  }

  /** What the rule says. */
  public Verdict verdict() {
    return verdict;
  }
}

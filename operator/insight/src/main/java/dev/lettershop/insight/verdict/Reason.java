package dev.lettershop.insight.verdict;

/** Which rule gave a verdict, in the order in which the rules are asked. */
public enum Reason {
  /** The method was HEAD or OPTIONS. */
  METHOD(Verdict.PREFETCH),
  /** A header said that the request was made ahead: Sec-Purpose, Purpose or X-Moz. */
  PREFETCH_HEADER(Verdict.PREFETCH),
  /** Apple's Mail Privacy Protection, which fetches whether or not somebody reads. */
  APPLE_PRIVACY(Verdict.PREFETCH),
  /** Gmail, which fetches ahead while somebody is signed in. */
  GMAIL_PREFETCH(Verdict.PREFETCH),
  /** Gmail's proxy for pictures, which fetches when a mail is opened. */
  GMAIL_PROXY(Verdict.PROXY),
  /** Yahoo's proxy for pictures. */
  YAHOO_PROXY(Verdict.PROXY),
  /** Opened within ten seconds after the server took the mail. */
  TOO_EARLY(Verdict.PREFETCH),
  /** Several links of one mail within two seconds. */
  BURST(Verdict.SCANNER),
  /** From the address of a burst on the same mail, within ten minutes after it. */
  AFTER_BURST(Verdict.SCANNER),
  /** From a network with bursts on three or more mails within the hour. */
  FLEET(Verdict.SCANNER),
  /** No user agent. */
  NO_CLIENT(Verdict.SCANNER),
  /** The user agent of a program library. */
  LIBRARY(Verdict.SCANNER),
  /** The user agent of a crawler. */
  CRAWLER(Verdict.SCANNER),
  /** From a network that the operator named. */
  NETWORK(Verdict.SCANNER),
  /** A form, a purchase or an event of the page that carries the click's id. */
  EVIDENCE(Verdict.HUMAN),
  /** A click more than five minutes, and at most an hour, after another one on the same mail. */
  SECOND_CLICK(Verdict.HUMAN),
  /** No rule for machines applied. */
  NO_MACHINE(Verdict.HUMAN);

  private final Verdict verdict;

  Reason(Verdict verdict) {
    this.verdict = verdict;
  }

  /** What the rule says. */
  public Verdict verdict() {
    return verdict;
  }
}

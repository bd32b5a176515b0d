package dev.lettershop.delivery.bounce;

import dev.lettershop.store.bounce.BounceKind;

/**
 * What a refusal that somebody reports means, by the rules that hold for bounces.
 *
 * @param code status or reply code without text, such as {@code 5.1.1}, or null
 * @param diagnostic fingerprint of the server's words, or null
 */
public record ReportedRefusal(BounceKind kind, String code, String diagnostic) {
  /**
   * Judges what a server said.
   *
   * @param status an enhanced status code, or null
   * @param said the words of the server that refused, may be empty
   * @return null when that says nothing
   */
  public static ReportedRefusal of(String status, String said) {
    Verdict verdict = StatusRules.judge(status, said, "", null);
    return verdict.kind() == null
        ? null
        : new ReportedRefusal(verdict.kind(), verdict.code(), verdict.diagnostic());
  }

  /** The same, said to be of another kind by whoever reports it. */
  public ReportedRefusal as(BounceKind other) {
    return new ReportedRefusal(other, code, diagnostic);
  }
}

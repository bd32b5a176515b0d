package dev.lettershop.delivery.bounce;

import dev.lettershop.delivery.bounce.Verdict.Meaning;
import dev.lettershop.store.bounce.BounceKind;
import java.util.Optional;

/**
 * What a relay's refusal says about an address, by the rules that hold for bounces.
 *
 * @param kind Hard or Soft
 * @param code without text, such as {@code 550 5.1.1}
 * @param diagnostic fingerprint of the words, or null
 */
public record Refusal(BounceKind kind, String code, String diagnostic) {
  /**
   * @param code reply code, with the enhanced status code if there was one
   * @param words of the server, may be empty
   * @param atRecipient whether the recipient was refused, and not the message: a message that is
   *     refused without a reason says nothing about the address
   * @return empty when it says nothing about the address
   */
  public static Optional<Refusal> of(String code, String words, boolean atRecipient) {
    Verdict verdict = StatusRules.judge(null, code + " " + words, "", null);
    boolean isSoft =
        verdict.meaning() == Meaning.Soft
            && (atRecipient || verdict.code() != null && verdict.code().startsWith(".2.", 1));
    return verdict.meaning() == Meaning.Hard || isSoft
        ? Optional.of(new Refusal(verdict.kind(), code, verdict.diagnostic()))
        : Optional.empty();
  }

  /**
   * The same of one that was for now, each time it was tried: the address is not given up for it at
   * once.
   */
  public static Optional<Refusal> inVain(String code, String words, boolean atRecipient) {
    return of(code, words, atRecipient)
        .map(refusal -> new Refusal(BounceKind.Soft, refusal.code(), refusal.diagnostic()));
  }
}

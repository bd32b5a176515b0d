package dev.lettershop.controller.campaign;

import dev.lettershop.api.v1alpha1.CampaignSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Stands for all in a campaign that says who is mailed and in whose name: while it is the same, an
 * older plan mails nobody whom the campaign does not mean now. Pure.
 */
final class Addressing {
  private Addressing() {}

  /** 16 hexadecimal digits. */
  static String of(CampaignSpec spec) {
    String text =
        String.join(
            "\n",
            List.of(
                String.valueOf(spec.storeRef()),
                String.valueOf(spec.transportRef()),
                String.valueOf(spec.from()),
                Objects.toString(spec.replyTo(), ""),
                spec.topic(),
                String.valueOf(spec.audience()),
                String.valueOf(spec.delivery()),
                String.valueOf(spec.limits()),
                spec.experiment() == null
                    ? ""
                    : String.valueOf(spec.experiment().holdoutPercent())));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

package dev.lettershop.delivery.dkim;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second reading of RFC 6376 and 8463, by regular expressions on text, for the one algorithm that
 * jDKIM does not know. It has to accept the example of RFC 8463 before it may judge ours.
 */
final class Ed25519Check {
  private Ed25519Check() {}

  /**
   * @param key Base64 of its 32 bytes, as in {@code p=}
   */
  static boolean accepts(byte[] message, String key) throws Exception {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<String> fields = List.of(text.substring(0, end).split("\r\n(?![ \t])"));
    String own =
        fields.stream().filter(f -> f.contains("a=ed25519-sha256")).findFirst().orElseThrow();
    String body =
        text.substring(end + 4)
            .replaceAll("[ \t]+(?=\r\n)", "")
            .replaceAll("[ \t]+", " ")
            .replaceAll("(\r\n)+$", "");
    String bodyHash =
        Base64.getEncoder().encodeToString(sha256(body.isEmpty() ? "" : body + "\r\n"));
    StringBuilder signed = new StringBuilder();
    List<String> left = new ArrayList<>(fields);
    Collections.reverse(left);
    for (String name : tag(own, "h").split(":")) {
      left.stream()
          .filter(f -> f.substring(0, f.indexOf(':')).strip().equalsIgnoreCase(name))
          .findFirst()
          .ifPresent(
              field -> {
                left.remove(field);
                signed.append(relaxed(field)).append("\r\n");
              });
    }
    signed.append(relaxed(own.replaceAll("([;:\\s]b=)[^;]*", "$1")));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey(key));
    verifier.update(sha256(signed.toString()));
    return bodyHash.equals(tag(own, "bh"))
        && verifier.verify(Base64.getDecoder().decode(tag(own, "b")));
  }

  private static String tag(String field, String name) {
    Matcher tag = Pattern.compile("[;:\\s]" + name + "=([^;]*)").matcher(field);
    if (!tag.find()) {
      throw new AssertionError("no " + name + "= in " + field);
    }
    return tag.group(1).replaceAll("\\s", "");
  }

  private static String relaxed(String field) {
    int colon = field.indexOf(':');
    return field.substring(0, colon).strip().toLowerCase(Locale.ROOT)
        + ":"
        + field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ").strip();
  }

  private static byte[] sha256(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static PublicKey publicKey(String raw) throws Exception {
    byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] encoded = java.util.Arrays.copyOf(head, head.length + 32);
    System.arraycopy(Base64.getDecoder().decode(raw), 0, encoded, head.length, 32);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}

package dev.lettershop.delivery.message;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links by which one recipient of one run unsubscribes. A link names the run and the profile by
 * number and carries an HMAC-SHA256 of them, cut to 128 bits (RFC 2104 section 5), so that nobody
 * can make one for somebody else. It holds no personal data. Thread-safe.
 */
public final class UnsubscribeLinks {
  /** The shortest key that is taken, in bytes. */
  public static final int SHORTEST_KEY = 16;

  private static final byte VERSION = 1;
  private static final int PAYLOAD = 1 + 2 * Long.BYTES;
  private static final int TAG = 16;
  private static final byte[] PURPOSE = "lettershop unsubscribe\0".getBytes(StandardCharsets.UTF_8);

  private final String prefix;
  private final boolean oneClick;
  private final SecretKeySpec key;

  /** Who unsubscribes from what. */
  public record Subject(long runId, long profileId) {}

  /**
   * @param baseUrl absolute http or https URL of the collector; a slash at its end is ignored. Mail
   *     providers offer one-click unsubscribing for https only (RFC 8058 section 3.1)
   * @param key at least {@link #SHORTEST_KEY} random bytes
   * @throws IllegalArgumentException when one of them will not do
   */
  public UnsubscribeLinks(String baseUrl, byte[] key) {
    if (key.length < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "The link key has "
              + key.length
              + " bytes; use at least "
              + SHORTEST_KEY
              + " random ones");
    }
    URI base = URI.create(baseUrl);
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("https") || scheme.equals("http");
    if (!web || base.getHost() == null || base.getQuery() != null || base.getFragment() != null) {
      throw new IllegalArgumentException(
          "The base URL of links must be like https://news.example.com, without query or fragment");
    }
    String ascii = base.toASCIIString();
    this.prefix = (ascii.endsWith("/") ? ascii.substring(0, ascii.length() - 1) : ascii) + "/u/";
    this.oneClick = scheme.equals("https");
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The link for one recipient; always the same one for the same run and profile. */
  public String url(long runId, long profileId) {
    byte[] token = new byte[PAYLOAD + TAG];
    ByteBuffer.wrap(token).put(VERSION).putLong(runId).putLong(profileId);
    System.arraycopy(tag(token), 0, token, PAYLOAD, TAG);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** Whether mail clients may unsubscribe by a POST to the link (RFC 8058). */
  public boolean oneClick() {
    return oneClick;
  }

  /**
   * Who unsubscribes, when this key signed the token. Takes the same time for every wrong tag.
   *
   * @param token the last path segment of a link
   */
  public Optional<Subject> verify(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length != PAYLOAD + TAG || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] given = Arrays.copyOfRange(bytes, PAYLOAD, bytes.length);
    if (!MessageDigest.isEqual(given, tag(bytes))) {
      return Optional.empty();
    }
    ByteBuffer payload = ByteBuffer.wrap(bytes, 1, PAYLOAD - 1);
    return Optional.of(new Subject(payload.getLong(), payload.getLong()));
  }

  private byte[] tag(byte[] token) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(PURPOSE);
      mac.update(token, 0, PAYLOAD);
      return Arrays.copyOf(mac.doFinal(), TAG);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot compute HMAC-SHA256", e);
    }
  }
}

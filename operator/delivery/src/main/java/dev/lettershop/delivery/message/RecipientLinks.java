package dev.lettershop.delivery.message;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Links by which one recipient of one run unsubscribes, chooses what to get or confirms a sign-up.
 * A link names the run and the profile by number and is signed, so that nobody can make one for
 * somebody else; a link for one purpose is refused for another. It holds no personal data and does
 * not expire. Thread-safe.
 */
public final class RecipientLinks {
  private static final byte VERSION = 1;
  private static final int PAYLOAD = 1 + 2 * Long.BYTES;
  private static final int TAG = 16;

  /** Characters of every token: the key's number, the payload and the tag. */
  private static final int LENGTH = text(new byte[1 + PAYLOAD + TAG]).length();

  private final String base;
  private final boolean oneClick;
  private final LinkKeys keys;

  /** What a link is for. */
  public enum Purpose {
    /** Ends the consent to the run's topic, by POST. */
    Unsubscribe("/u/", "lettershop unsubscribe"),
    /** Opens the page on which one chooses topics. */
    Preferences("/p/", "lettershop preferences"),
    /** Opens the page on which one confirms that one has signed up. */
    Confirm("/confirm/", "lettershop confirm");

    private final String path;
    private final String signedAs;

    Purpose(String path, String signedAs) {
      this.path = path;
      this.signedAs = signedAs;
    }

    /** Between the base URL and the token. */
    public String path() {
      return path;
    }
  }

  /** Whom a link was made for, and in which run. */
  public record Subject(long runId, long profileId) {}

  /**
   * @param baseUrl absolute http or https URL of the collector; a slash at its end is ignored. Mail
   *     providers offer one-click unsubscribing for https only (RFC 8058 section 3.1)
   * @throws IllegalArgumentException when the URL will not do
   */
  public RecipientLinks(String baseUrl, LinkKeys keys) {
    URI uri = URI.create(baseUrl);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("https") || scheme.equals("http");
    if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "The base URL of links must be like https://news.example.com, without query or fragment");
    }
    String ascii = uri.toASCIIString();
    this.base = ascii.endsWith("/") ? ascii.substring(0, ascii.length() - 1) : ascii;
    this.oneClick = scheme.equals("https");
    this.keys = keys;
  }

  /** The link for one recipient; always the same one for the same run, profile and signing key. */
  public String url(Purpose purpose, long runId, long profileId) {
    return base + purpose.path + token(purpose, runId, profileId);
  }

  /** The last path segment of {@link #url}. */
  public String token(Purpose purpose, long runId, long profileId) {
    byte[] payload =
        ByteBuffer.allocate(PAYLOAD).put(VERSION).putLong(runId).putLong(profileId).array();
    return text(keys.sign(purpose.signedAs, payload, TAG));
  }

  /** Links of the same address and keys by which opens and clicks are recorded. */
  public HitLinks hits() {
    return new HitLinks(base, keys);
  }

  /** Whether mail clients may unsubscribe by a POST to the link (RFC 8058). */
  public boolean oneClick() {
    return oneClick;
  }

  /**
   * Whom the link was made for, when one of the keys signed its token for this purpose. Only the
   * text that was signed is accepted: Base64 leaves four bits of the last character and the padding
   * open, and a token that differs there is another one.
   *
   * @param token the last path segment of a link
   */
  public Optional<Subject> verify(Purpose purpose, String token) {
    if (token.length() != LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (!text(bytes).equals(token)) {
      return Optional.empty();
    }
    return keys.verify(purpose.signedAs, bytes, TAG)
        .filter(payload -> payload.length == PAYLOAD && payload[0] == VERSION)
        .map(payload -> ByteBuffer.wrap(payload, 1, PAYLOAD - 1))
        .map(payload -> new Subject(payload.getLong(), payload.getLong()));
  }

  private static String text(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }
}

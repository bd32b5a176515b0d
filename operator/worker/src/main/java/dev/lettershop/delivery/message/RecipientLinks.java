package dev.lettershop.delivery.message;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Links by which one recipient of one run unsubscribes or chooses what to get. A link names the run
 * and the profile by number and is signed, so that nobody can make one for somebody else; one for
 * unsubscribing is none for preferences. It holds no personal data. Thread-safe.
 */
public final class RecipientLinks {
  private static final byte VERSION = 1;
  private static final int PAYLOAD = 1 + 2 * Long.BYTES;
  private static final int TAG = 16;

  private final String base;
  private final boolean oneClick;
  private final LinkKeys keys;

  /** What a link is for. */
  public enum Purpose {
    /** Ends the consent to the run's topic, by POST. */
    Unsubscribe("/u/", "lettershop unsubscribe"),
    /** Opens the page on which one chooses topics. */
    Preferences("/p/", "lettershop preferences");

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
    byte[] payload =
        ByteBuffer.allocate(PAYLOAD).put(VERSION).putLong(runId).putLong(profileId).array();
    return base
        + purpose.path
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(keys.sign(purpose.signedAs, payload, TAG));
  }

  /** Whether mail clients may unsubscribe by a POST to the link (RFC 8058). */
  public boolean oneClick() {
    return oneClick;
  }

  /**
   * Whom the link was made for, when one of the keys signed its token for this purpose.
   *
   * @param token the last path segment of a link
   */
  public Optional<Subject> verify(Purpose purpose, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    return keys.verify(purpose.signedAs, bytes, TAG)
        .filter(payload -> payload.length == PAYLOAD && payload[0] == VERSION)
        .map(payload -> ByteBuffer.wrap(payload, 1, PAYLOAD - 1))
        .map(payload -> new Subject(payload.getLong(), payload.getLong()));
  }
}

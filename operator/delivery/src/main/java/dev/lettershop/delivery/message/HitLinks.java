package dev.lettershop.delivery.message;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Links in a mail by which clicks are recorded, and the address of the image by which opens are. A
 * token names run, recipient and link by number and is signed; values that belong into the address
 * that it leads to are in it too, encrypted. It never holds the address itself, and does not
 * expire. Thread-safe.
 */
public final class HitLinks {
  /** Between the base URL and the token of a link. */
  public static final String CLICK_PATH = "/c/";

  /** Between the base URL and the token of an image. */
  public static final String OPEN_PATH = "/o/";

  /** The highest number of a link. */
  public static final int MOST_LINKS = 0xFFFF;

  /** Longer addresses do not pass every mail program and proxy. */
  static final int LONGEST_TOKEN = 1900;

  private static final String CLICK = "lettershop click";
  private static final String OPEN = "lettershop open";

  private static final byte PLAIN = 1;
  private static final byte SEALED = 2;
  private static final int HEAD = 1 + 2 * Long.BYTES + Short.BYTES;
  private static final int TAG = 16;

  private final String base;
  private final LinkKeys keys;

  /**
   * @param base without a slash at its end
   */
  HitLinks(String base, LinkKeys keys) {
    this.base = base;
    this.keys = keys;
  }

  /**
   * A link that somebody followed.
   *
   * @param number of the link in its run
   * @param values that belong between the pieces of its address
   */
  public record Click(long runId, long profileId, int number, List<String> values) {
    public Click {
      values = List.copyOf(values);
    }

    /** Without the values: these are personal. */
    @Override
    public String toString() {
      return "Click[" + runId + ", " + number + "]";
    }
  }

  /**
   * An image that was asked for.
   *
   * @param profileId 0 when the image is the same for everybody
   * @param variant counted from 1; 0 without an experiment
   */
  public record Open(long runId, long profileId, int variant) {}

  /**
   * A link for one recipient; always the same for the same values and signing key.
   *
   * @param number 0 to {@value #MOST_LINKS}
   * @return empty when the values are too long for an address
   */
  public Optional<String> click(long runId, long profileId, int number, List<String> values) {
    String token =
        values.isEmpty()
            ? text(keys.sign(CLICK, head(PLAIN, runId, profileId, number), TAG))
            : text(keys.seal(CLICK, head(SEALED, runId, profileId, number), bytes(values)));
    return token.length() > LONGEST_TOKEN
        ? Optional.empty()
        : Optional.of(base + CLICK_PATH + token);
  }

  /**
   * The address of the image for one recipient, or of the one that all recipients of a variant
   * share.
   *
   * @param profileId 0 for the shared one
   * @param variant counted from 1; 0 without an experiment
   */
  public String open(long runId, long profileId, int variant) {
    return base + OPEN_PATH + text(keys.sign(OPEN, head(PLAIN, runId, profileId, variant), TAG));
  }

  /** What a token was made for, when one of the keys has made it, and nobody has changed it. */
  public Optional<Click> click(String token) {
    byte[] bytes = genuineText(token);
    if (bytes == null) {
      return Optional.empty();
    }
    if (bytes[1] == PLAIN) {
      return keys.verify(CLICK, bytes, TAG)
          .filter(head -> head.length == HEAD)
          .map(head -> click(ByteBuffer.wrap(head, 1, HEAD - 1), List.of()));
    }
    return bytes[1] != SEALED
        ? Optional.empty()
        : keys.open(CLICK, bytes, HEAD)
            .map(values -> click(ByteBuffer.wrap(bytes, 2, HEAD - 1), values(values)));
  }

  private static Click click(ByteBuffer head, List<String> values) {
    return new Click(head.getLong(), head.getLong(), head.getShort() & MOST_LINKS, values);
  }

  /** The same for the token of an image. */
  public Optional<Open> open(String token) {
    byte[] bytes = genuineText(token);
    return bytes == null
        ? Optional.empty()
        : keys.verify(OPEN, bytes, TAG)
            .filter(head -> head.length == HEAD && head[0] == PLAIN)
            .map(head -> ByteBuffer.wrap(head, 1, HEAD - 1))
            .map(head -> new Open(head.getLong(), head.getLong(), head.getShort() & MOST_LINKS));
  }

  /** Null for what cannot be a token; only the one spelling of Base64 is taken. */
  private static byte[] genuineText(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return bytes.length >= 1 + HEAD + TAG && text(bytes).equals(token) ? bytes : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static byte[] head(byte version, long runId, long profileId, int number) {
    if (number < 0 || number > MOST_LINKS) {
      throw new IllegalArgumentException("A link's number is at most 65535, not " + number);
    }
    return ByteBuffer.allocate(HEAD)
        .put(version)
        .putLong(runId)
        .putLong(profileId)
        .putShort((short) number)
        .array();
  }

  private static byte[] bytes(List<String> values) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      for (String value : values) {
        // More than writeUTF takes is more than a token may have.
        out.writeUTF(value.length() > LONGEST_TOKEN ? value.substring(0, LONGEST_TOKEN) : value);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
  }

  private static List<String> values(byte[] bytes) {
    List<String> values = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        values.add(in.readUTF());
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException("What was sealed here is well formed", e);
    }
  }

  private static String text(byte[] token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }
}

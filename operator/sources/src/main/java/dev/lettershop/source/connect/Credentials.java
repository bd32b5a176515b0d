package dev.lettershop.source.connect;

/** Where a connector gets credentials from: values of Secrets, read when they are asked for. */
@FunctionalInterface
public interface Credentials {
  /**
   * The value under a key of a Secret.
   *
   * @param field path in the ProfileSource that refers to it, for the message
   * @throws RuntimeException when there is none, saying so
   */
  String require(String field, String secret, String key);
}

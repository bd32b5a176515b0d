package dev.lettershop.delivery.smtp;

/**
 * What a client says to log in.
 *
 * @param secret a password, or an OAuth 2 access token
 * @param isToken which of the two
 */
public record SmtpCredentials(String username, String secret, boolean isToken) {

  /**
   * @throws IllegalArgumentException when one of them cannot be sent (RFC 4616 section 2)
   */
  public SmtpCredentials {
    if (username.isEmpty() || isUnfit(username, isToken) || isUnfit(secret, isToken)) {
      throw new IllegalArgumentException(
          "credentials need a user name, and cannot hold NUL"
              + (isToken ? " or other control characters" : " characters"));
    }
  }

  /** For AUTH PLAIN or LOGIN (RFC 4954). */
  public static SmtpCredentials password(String username, String password) {
    return new SmtpCredentials(username, password, false);
  }

  /** For AUTH XOAUTH2. */
  public static SmtpCredentials token(String username, String token) {
    return new SmtpCredentials(username, token, true);
  }

  private static boolean isUnfit(String text, boolean isToken) {
    return text.indexOf(0) >= 0 || isToken && text.chars().anyMatch(Character::isISOControl);
  }

  /** Shows nothing, so that it may end in a log. */
  @Override
  public String toString() {
    return "SmtpCredentials[hidden]";
  }
}

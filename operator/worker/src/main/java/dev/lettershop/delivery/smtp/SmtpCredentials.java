package dev.lettershop.delivery.smtp;

/** User name and password for AUTH PLAIN or LOGIN (RFC 4954). */
public record SmtpCredentials(String username, String password) {

  /**
   * @throws IllegalArgumentException when one of them cannot be sent (RFC 4616 section 2)
   */
  public SmtpCredentials {
    if (username.isEmpty() || username.indexOf(0) >= 0 || password.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "SMTP credentials need a user name, and cannot hold NUL characters");
    }
  }

  /** Shows nothing, so that it may end in a log. */
  @Override
  public String toString() {
    return "SmtpCredentials[hidden]";
  }
}

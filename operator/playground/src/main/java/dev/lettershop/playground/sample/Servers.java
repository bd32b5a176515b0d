package dev.lettershop.playground.sample;

/** A PostgreSQL and an SMTP server without TLS; SMTP without login. */
public record Servers(
    String databaseHost,
    int databasePort,
    String database,
    String username,
    String password,
    String smtpHost,
    int smtpPort) {

  /** Without the password. */
  @Override
  public String toString() {
    return databaseHost + ":" + databasePort + "/" + database + ", " + smtpHost + ":" + smtpPort;
  }
}

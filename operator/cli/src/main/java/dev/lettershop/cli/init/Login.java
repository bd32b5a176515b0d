package dev.lettershop.cli.init;

/** How a database is logged in to. */
record Login(String username, String password) {
  /** Name of the Secret that holds it. */
  static final String SECRET = "source-db";

  /** Without the password. */
  @Override
  public String toString() {
    return username;
  }
}

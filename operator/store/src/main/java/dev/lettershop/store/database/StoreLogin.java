package dev.lettershop.store.database;

/**
 * As whom to log in.
 *
 * @param password null when the server asks for none
 */
public record StoreLogin(String username, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "StoreLogin[" + username + "]";
  }
}

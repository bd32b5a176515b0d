package dev.lettershop.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param name what, such as {@code SPF shop.example}
 * @param message what was found; one sentence
 * @param fix what to do about it, or null
 */
record Check(String name, State state, String message, String fix) {

  /** How it stands. */
  enum State {
    ok,
    warning,
    error,
    /** Could not be looked at; nothing is claimed. */
    unknown
  }

  static Check ok(String name, String message) {
    return new Check(name, State.ok, message, null);
  }

  static Check warning(String name, String message, String fix) {
    return new Check(name, State.warning, message, fix);
  }

  static Check error(String name, String message, String fix) {
    return new Check(name, State.error, message, fix);
  }

  static Check unknown(String name, String message) {
    return new Check(name, State.unknown, message, null);
  }
}

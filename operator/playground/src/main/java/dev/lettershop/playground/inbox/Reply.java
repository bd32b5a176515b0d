package dev.lettershop.playground.inbox;

/** What the server does at one {@link Stage}. */
public sealed interface Reply {

  /** Go on as a server should. */
  Reply ACCEPT = new Accept();

  /** Close the connection without a word. */
  Reply DROP = new Drop();

  /** For example {@code answer(451, "4.3.0", "try again later")}. */
  static Reply answer(int code, String enhancedCode, String text) {
    return new Answer(code, enhancedCode, text);
  }

  /** Go on as a server should. */
  record Accept() implements Reply {}

  /** Close the connection without a word. */
  record Drop() implements Reply {}

  /**
   * Refuse with this reply.
   *
   * @param code 400 to 599; 421 also closes the connection (RFC 5321 §3.8)
   * @param enhancedCode RFC 3463 status, for example {@code 5.1.1}
   * @param text one line, printable US-ASCII
   */
  record Answer(int code, String enhancedCode, String text) implements Reply {
    public Answer {
      if (code < 400 || code > 599) {
        throw new IllegalArgumentException("a refusal has a code from 400 to 599, not " + code);
      }
      if (!enhancedCode.matches("[45]\\.\\d{1,3}\\.\\d{1,3}")
          || enhancedCode.charAt(0) != Character.forDigit(code / 100, 10)) {
        throw new IllegalArgumentException(
            "enhanced code " + enhancedCode + " does not go with " + code);
      }
      if (!text.matches("[\\x20-\\x7e]*")) {
        throw new IllegalArgumentException("the text of a reply is one line of US-ASCII");
      }
    }
  }
}

package dev.lettershop.delivery.smtp;

/** What became of one message that was given to a connection. */
public sealed interface SmtpResult {

  /**
   * What to write into the ledger: a reply code with its enhanced code when there was one ({@code
   * 550 5.1.1}), or a word such as {@code ConnectionLost}. Never holds text of the server.
   */
  String code();

  /** The server has taken responsibility for the message. */
  record Accepted(String code) implements SmtpResult {}

  /**
   * Refused for now (4yz); the server does not have the message.
   *
   * @param words of the server, as in {@link PermanentFailure}
   */
  record TransientFailure(SmtpStage stage, String code, String words) implements SmtpResult {
    /** Without words. */
    public TransientFailure(SmtpStage stage, String code) {
      this(stage, code, "");
    }

    /** Without the words, so that it may end in a log. */
    @Override
    public String toString() {
      return "TransientFailure[" + stage + ", " + code + "]";
    }
  }

  /**
   * Refused for good (5yz, or impossible at this server); the server does not have the message.
   *
   * @param words of the server, empty when there are none. They may quote the recipient: they are
   *     judged, and neither logged nor stored
   */
  record PermanentFailure(SmtpStage stage, String code, String words) implements SmtpResult {
    /** Without words. */
    public PermanentFailure(SmtpStage stage, String code) {
      this(stage, code, "");
    }

    /** Without the words, so that it may end in a log. */
    @Override
    public String toString() {
      return "PermanentFailure[" + stage + ", " + code + "]";
    }
  }

  /** The server cannot have the message: its end was never sent. */
  record ConnectionLostBeforeFinalDot(String code) implements SmtpResult {}

  /**
   * The whole message was sent and no reply came: the server has it or has it not, and nobody can
   * tell (RFC 1047).
   */
  record ConnectionLostAfterFinalDot(String code) implements SmtpResult {}
}

package dev.lettershop.delivery.message;

/** A file that belongs into a mail is not there. Names no person. */
public final class AttachmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean temporary;

  /**
   * @param code for the ledger, a word such as {@code AttachmentMissing}
   * @param temporary whether it may be there later
   */
  public AttachmentException(String code, boolean temporary, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.temporary = temporary;
  }

  /** For the ledger. */
  public String code() {
    return code;
  }

  /** Whether trying again later may help. */
  public boolean isTemporary() {
    return temporary;
  }
}

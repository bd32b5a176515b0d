package dev.lettershop.template.value;

/**
 * One recipient's mail could not be rendered. Others are not affected. The message names the
 * template's part and the limit, never a value, and there is no cause, because an engine's
 * exception could quote one.
 */
public final class RenderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, in a form that can be counted. */
  public enum Reason {
    /** The HTML or text would be longer than the bound. */
    OutputTooLarge,
    /** The subject would be longer than a header line may be. */
    SubjectTooLong,
    /** The sections would be repeated more often than the bound. */
    TooManyRepetitions,
    /** Filters and helpers would read and make more text than the bound. */
    TooMuchWork,
    /** The engine failed: a defect, not a property of the recipient. */
    EngineFailure
  }

  private final Reason reason;

  public RenderException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

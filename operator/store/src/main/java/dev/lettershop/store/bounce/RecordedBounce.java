package dev.lettershop.store.bounce;

/**
 * What became of a bounce.
 *
 * @param effect whether it is new
 * @param suppressed whether its address is suppressed because of it and was not before
 */
public record RecordedBounce(Effect effect, boolean suppressed) {
  /** Whether a bounce is new. */
  public enum Effect {
    /** It is in the store now. */
    New,
    /** The same was known of the same delivery. */
    Repeated,
    /** There is no such run. */
    Stranger
  }
}

package dev.lettershop.store.intake;

/**
 * Calls that came to one source at about the same time.
 *
 * @param source name of the source
 * @param events how many calls the content holds
 * @param content as the collector writes it
 */
public record IntakeChunk(String source, int events, byte[] content) {
  /** Without the content: that is personal. */
  @Override
  public String toString() {
    return "IntakeChunk[" + source + ", " + events + "]";
  }
}

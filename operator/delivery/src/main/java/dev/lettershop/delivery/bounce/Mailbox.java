package dev.lettershop.delivery.bounce;

import java.io.IOException;
import java.util.List;

/** Where messages wait. For one thread at a time. */
public interface Mailbox extends AutoCloseable {
  /**
   * Up to {@code most} messages that were not handed out before.
   *
   * @return empty when there are no more
   */
  List<Incoming> next(int most) throws IOException;

  /**
   * Puts messages away: what they said is in the store, or of no interest. Only called after the
   * store has committed, so that none is lost; when this fails they are read again, which the store
   * does not count twice.
   */
  void done(List<Incoming> messages) throws IOException;

  /** Puts messages aside for people to look at. */
  void unknown(List<Incoming> messages) throws IOException;

  @Override
  void close() throws IOException;
}

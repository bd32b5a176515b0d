package dev.lettershop.playground.inbox;

import java.io.IOException;

/** Takes in messages. Called from many connections at once; implementations are thread-safe. */
public interface MessageSink {

  /**
   * A message begins.
   *
   * @throws IOException when there is no room for it; the client is told 451
   */
  Incoming open(Envelope envelope) throws IOException;

  /** One message on its way in. Used by one thread; ends with one commit or one discard. */
  interface Incoming {

    /** Content, dots unstuffed; the buffer belongs to the caller and is used again. */
    void write(byte[] buffer, int offset, int length) throws IOException;

    /**
     * The message is complete and kept from now on; 250 is said after this returns.
     *
     * @throws IOException when it could not be kept; the client is told 451
     */
    void commit() throws IOException;

    /** The message did not end; nothing of it stays. */
    void discard();
  }
}

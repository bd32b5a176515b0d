package dev.lettershop.playground.inbox;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps every message in memory: the sink for tests. */
public final class MemorySink implements MessageSink {
  private final List<ReceivedMail> mails = new ArrayList<>();

  @Override
  public Incoming open(Envelope envelope) {
    return new Kept(envelope);
  }

  /** All complete messages so far, in the order of their arrival; a copy. */
  public List<ReceivedMail> mails() {
    synchronized (mails) {
      return List.copyOf(mails);
    }
  }

  private final class Kept implements Incoming {
    private final Envelope envelope;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream(16 * 1024);

    Kept(Envelope envelope) {
      this.envelope = envelope;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      content.write(buffer, offset, length);
    }

    @Override
    public void commit() {
      ReceivedMail mail = new ReceivedMail(envelope, content.toByteArray());
      synchronized (mails) {
        mails.add(mail);
      }
    }

    @Override
    public void discard() {
      content.reset();
    }
  }
}

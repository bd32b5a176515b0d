package dev.lettershop.playground.inbox;

import java.util.concurrent.atomic.LongAdder;

/** Counts messages and bytes and keeps nothing: the sink for benchmarks. */
public final class CountingSink implements MessageSink {
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  @Override
  public Incoming open(Envelope envelope) {
    return new Counter();
  }

  /** Complete messages. */
  public long messages() {
    return messages.sum();
  }

  /** Bytes of the complete messages. */
  public long bytes() {
    return bytes.sum();
  }

  private final class Counter implements Incoming {
    private long length;

    @Override
    public void write(byte[] buffer, int offset, int count) {
      length += count;
    }

    @Override
    public void commit() {
      messages.increment();
      bytes.add(length);
    }

    @Override
    public void discard() {
      length = 0;
    }
  }
}

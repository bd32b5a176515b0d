package dev.lettershop.template.value;

import java.io.Writer;

/**
 * Collects one rendering in memory and stops it when it grows too long or repeats too much. For one
 * rendering on one thread.
 */
public final class BoundedWriter extends Writer {

  /** Ends a rendering from inside the engine. Has no stack trace: it is not a defect. */
  public static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RenderException.Reason reason;

    public Exceeded(RenderException.Reason reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }

    public RenderException.Reason reason() {
      return reason;
    }
  }

  /** Lists within lists multiply: stops a template whose output stays small but never ends. */
  public static final int MAX_REPETITIONS = 100_000;

  /** A large mail passes through filters and nested blocks some dozen times. */
  private static final long MAX_WORK = 32L << 20;

  private final StringBuilder out;
  private final int maxLength;
  private int repetitionsLeft;
  private long workLeft = MAX_WORK;

  /**
   * @param expectedLength UTF-16 code units to make room for at first
   * @param maxLength UTF-16 code units, inclusive
   * @param maxRepetitions passes through sections, inclusive
   */
  public BoundedWriter(int expectedLength, int maxLength, int maxRepetitions) {
    this.out = new StringBuilder(Math.min(expectedLength, maxLength));
    this.maxLength = maxLength;
    this.repetitionsLeft = maxRepetitions;
  }

  /** Counts one pass through a section. */
  public void repeat() {
    if (--repetitionsLeft < 0) {
      throw new Exceeded(RenderException.Reason.TooManyRepetitions);
    }
  }

  /** Counts text that is read or made on the way to the output. */
  public void work(int characters) {
    workLeft -= characters;
    if (workLeft < 0) {
      throw new Exceeded(RenderException.Reason.TooMuchWork);
    }
  }

  /** Most UTF-16 code units there may be. */
  public int maxLength() {
    return maxLength;
  }

  @Override
  public void write(String text) {
    grow(text.length());
    out.append(text);
  }

  @Override
  public void write(String text, int offset, int length) {
    grow(length);
    out.append(text, offset, offset + length);
  }

  @Override
  public void write(char[] text, int offset, int length) {
    grow(length);
    out.append(text, offset, length);
  }

  @Override
  public void write(int c) {
    grow(1);
    out.append((char) c);
  }

  private void grow(int by) {
    if (by > maxLength - out.length()) {
      throw new Exceeded(RenderException.Reason.OutputTooLarge);
    }
  }

  @Override
  public void flush() {
    // Everything is in memory already.
  }

  @Override
  public void close() {
    // Nothing to release.
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

package dev.lettershop.delivery.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at the end. Not thread-safe. */
final class ByteBuilder {
  private byte[] bytes;
  private int length;

  ByteBuilder(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  int length() {
    return length;
  }

  ByteBuilder append(int value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) value;
    return this;
  }

  ByteBuilder append(byte[] more) {
    return append(more, 0, more.length);
  }

  ByteBuilder append(byte[] more, int from, int count) {
    room(count);
    System.arraycopy(more, from, bytes, length, count);
    length += count;
    return this;
  }

  /** Appends text as UTF-8, which for the header fields made here is nearly always ASCII. */
  ByteBuilder append(String text) {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}

package dev.lettershop.delivery.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds how far bytes stand for themselves in quoted-printable, eight at a time: most of a mail is
 * such runs, and looking at each of their bytes is most of the work of encoding it.
 */
final class LiteralRun {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private LiteralRun() {}

  /**
   * The first place that holds no printable ASCII and no blank, or an equals sign.
   *
   * @param until where to stop looking
   * @return {@code until} when there is none
   */
  static int end(byte[] bytes, int from, int until) {
    int at = from;
    for (; at + Long.BYTES <= until; at += Long.BYTES) {
      long special = special((long) EIGHT.get(bytes, at));
      if (special != 0) {
        return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
      }
    }
    while (at < until && bytes[at] >= ' ' && bytes[at] != '=' && bytes[at] != 0x7f) {
      at++;
    }
    return at;
  }

  /** How often an ASCII character occurs. */
  static int count(byte[] bytes, char character) {
    int count = 0;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      long other = (long) EIGHT.get(bytes, at) ^ character * ONES;
      // The high bit of every byte that differs, without carries from one byte to the next.
      long differs = ((other & ~HIGH) + ~HIGH | other) & HIGH;
      count += Long.BYTES - Long.bitCount(differs);
    }
    for (; at < bytes.length; at++) {
      count += bytes[at] == character ? 1 : 0;
    }
    return count;
  }

  /**
   * The high bit of every byte that does not stand for itself. Above the lowest such byte others
   * may be marked wrongly, because borrows go upwards.
   */
  private static long special(long bytes) {
    long equalsSign = bytes ^ ('=' * ONES);
    long delete = bytes ^ (0x7f * ONES);
    long control = (bytes - ' ' * ONES) & ~bytes;
    return HIGH & (bytes | control | (equalsSign - ONES) & ~equalsSign | (delete - ONES) & ~delete);
  }
}

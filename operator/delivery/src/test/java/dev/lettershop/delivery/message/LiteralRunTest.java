package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralRunTest {

  @Test
  void everyByteAtEveryPlaceIsJudgedAsIfItStoodAlone() {
    for (int value = 0; value < 256; value++) {
      for (int at = 0; at < 24; at++) {
        byte[] bytes = "abcdefghijklmnopqrstuvwx".getBytes();
        bytes[at] = (byte) value;

        assertThat(LiteralRun.end(bytes, 0, 24)).as("%d at %d", value, at).isEqualTo(end(bytes, 0));
      }
    }
  }

  @Test
  void anyBytesAreJudgedAsOneByOne() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextInt(8) > 0 ? ' ' + random.nextInt(95) : random.nextInt(256));
      }
      int from = random.nextInt(bytes.length + 1);

      assertThat(LiteralRun.end(bytes, from, bytes.length)).isEqualTo(end(bytes, from));
    }
  }

  private static int end(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] >= 32 && bytes[at] <= 126 && bytes[at] != 61) {
      at++;
    }
    return at;
  }
}

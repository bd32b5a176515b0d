package dev.lettershop.delivery.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaxedBodyTest {
  private static final String[] PIECES = {"a", "b.", " ", "  ", "\t", "\r\n", "\r", "\n", "=20"};

  /** Keeps what it is given. */
  private static final class Kept extends MessageDigest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Kept() {
      super("none");
    }

    @Override
    protected void engineUpdate(byte input) {
      bytes.write(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      bytes.write(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
      return bytes.toByteArray();
    }

    @Override
    protected void engineReset() {
      bytes.reset();
    }
  }

  /** The example of RFC 6376 section 3.4.5, and what it says of empty bodies. */
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"_C_RD_t_E__RR,_CRD_ER", "RR,''", "'',''", "a,aR", "__,''", "a__R_R,aR", "R_a,R_aR"})
  void aBodyIsRelaxedAsTheStandardSays(String body, String relaxed) {
    assertThat(relaxed(bytes(body))).isEqualTo(text(relaxed));
  }

  @Test
  void anyBodyIsRelaxedAsByTheRulesOneAfterTheOther() {
    Random random = new Random(6376);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder body = new StringBuilder();
      for (int n = random.nextInt(14); n > 0; n--) {
        body.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertThat(relaxed(body.toString().getBytes(StandardCharsets.US_ASCII)))
          .as("%s", body)
          .isEqualTo(byRules(body.toString()));
    }
  }

  private static String byRules(String body) {
    String text =
        body.replaceAll("[ \t]+(?=\r\n|\\z)", "")
            .replaceAll("[ \t]+", " ")
            .replaceAll("(\r\n)+\\z", "");
    return text.isEmpty() ? "" : text + "\r\n";
  }

  private static String relaxed(byte[] body) {
    byte[] message = new byte[body.length + 3];
    System.arraycopy(body, 0, message, 3, body.length);
    Kept kept = new Kept();
    RelaxedBody.digest(message, 3, kept);
    return new String(kept.digest(), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String picture) {
    return text(picture).getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(String picture) {
    return picture.replace("R", "\r\n").replace("_", " ").replace("t", "\t");
  }
}

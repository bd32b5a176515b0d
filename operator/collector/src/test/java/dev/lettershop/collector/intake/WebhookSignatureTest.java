package dev.lettershop.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the test vector of the specification. */
class WebhookSignatureTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String TIMESTAMP = "1614265330";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final byte[] BODY = utf8("{\"test\": 2432232314}");
  private static final Instant THEN = Instant.ofEpochSecond(1614265330);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static WebhookSignature of(String signatures) throws Refusal {
    return WebhookSignature.of(ID, TIMESTAMP, signatures, THEN);
  }

  @Test
  void theVectorOfTheSpecificationHolds() throws Refusal {
    assertThat(of(SIGNATURE).isOf(KEY, BODY)).isTrue();
    assertThat(of(SIGNATURE).isOf("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n", BODY)).isTrue();
  }

  @Test
  void oneOfSeveralSignaturesIsEnoughWhileKeysChange() throws Refusal {
    String other = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    assertThat(of(other + " v1a,xyz " + SIGNATURE).isOf(KEY, BODY)).isTrue();
    assertThat(of(other).isOf(KEY, BODY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "'v1,'",
    "'v1,%%%'",
    "''"
  })
  void nothingElseIsASignature(String signature) throws Refusal {
    assertThat(of(signature).isOf(KEY, BODY)).isFalse();
  }

  @Test
  void bodyIdTimestampAndKeyCount() throws Refusal {
    assertThat(of(SIGNATURE).isOf(KEY, utf8("{\"test\": 2432232315}"))).isFalse();
    assertThat(of(SIGNATURE).isOf("whsec_c2VjcmV0LW9mLXNvbWVib2R5LWVsc2U=", BODY)).isFalse();
    assertThat(WebhookSignature.of("msg_other", TIMESTAMP, SIGNATURE, THEN).isOf(KEY, BODY))
        .isFalse();
    assertThat(WebhookSignature.of(ID, "1614265331", SIGNATURE, THEN).isOf(KEY, BODY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"''", "whsec_", "'not base64!'"})
  void nothingIsSignedByAKeyThatIsMissingOrBroken(String key) throws Refusal {
    assertThat(of(SIGNATURE).isOf(key, BODY)).isFalse();
  }

  @Test
  void aTimestampIsAtMostFiveMinutesFromNow() throws Refusal {
    Duration most = WebhookSignature.TOLERANCE;

    for (Instant now : new Instant[] {THEN.plus(most), THEN.minus(most)}) {
      assertThat(WebhookSignature.of(ID, TIMESTAMP, SIGNATURE, now).isOf(KEY, BODY)).isTrue();
    }
    for (Instant now :
        new Instant[] {THEN.plus(most).plusSeconds(1), THEN.minus(most).minusSeconds(1)}) {
      assertThatThrownBy(() -> WebhookSignature.of(ID, TIMESTAMP, SIGNATURE, now))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("5 minutes from now");
    }
  }

  @Test
  void theThreeHeadersAreNeeded() {
    assertThatThrownBy(() -> WebhookSignature.of(null, TIMESTAMP, SIGNATURE, THEN))
        .hasMessageContaining("webhook-id");
    assertThatThrownBy(() -> WebhookSignature.of("m".repeat(191), TIMESTAMP, SIGNATURE, THEN))
        .hasMessageContaining("webhook-id");
    assertThatThrownBy(() -> WebhookSignature.of(ID, "2021-02-25", SIGNATURE, THEN))
        .hasMessageContaining("webhook-timestamp");
    assertThatThrownBy(() -> WebhookSignature.of(ID, TIMESTAMP, null, THEN))
        .hasMessageContaining("webhook-signature");
  }
}

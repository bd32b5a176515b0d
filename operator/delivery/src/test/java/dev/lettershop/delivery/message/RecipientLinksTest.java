package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.delivery.message.RecipientLinks.Purpose;
import dev.lettershop.delivery.message.RecipientLinks.Subject;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientLinksTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";
  private static final String BASE = "https://news.example.com";
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final RecipientLinks links = links(KEY);

  private static RecipientLinks links(String keys) {
    return new RecipientLinks(BASE, LinkKeys.parse(keys));
  }

  private static String token(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  @Test
  void aLinkSaysWhoUnsubscribesFromWhat() {
    String url = links.url(Purpose.Unsubscribe, 42, 4711);

    assertThat(url).startsWith(BASE + "/u/").matches("[\\x21-\\x7e]+").hasSizeLessThan(100);
    assertThat(links.verify(Purpose.Unsubscribe, token(url))).contains(new Subject(42, 4711));
  }

  @Test
  void aLinkIsTheSameEachTimeAndAnotherForAnother() {
    assertThat(links.url(Purpose.Unsubscribe, 42, 4711))
        .isEqualTo(links.url(Purpose.Unsubscribe, 42, 4711));
    assertThat(links.url(Purpose.Unsubscribe, 42, 4712))
        .isNotEqualTo(links.url(Purpose.Unsubscribe, 42, 4711));
    assertThat(links.url(Purpose.Unsubscribe, 43, 4711))
        .isNotEqualTo(links.url(Purpose.Unsubscribe, 42, 4711));
  }

  @Test
  void aTokenThatWasTamperedWithIsRefusedWhicheverBitItIs() {
    byte[] bytes = Base64.getUrlDecoder().decode(token(links.url(Purpose.Unsubscribe, 42, 4711)));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(
              links.verify(
                  Purpose.Unsubscribe,
                  Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
          .as("bit %d", bit)
          .isEmpty();
    }
  }

  @Test
  void aTokenThatDecodesToTheSameBytesAndIsWrittenOtherwiseIsRefused() {
    String token = token(links.url(Purpose.Unsubscribe, 42, 4711));
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    int same = 0;
    for (char last : ALPHABET.toCharArray()) {
      String other = token.substring(0, token.length() - 1) + last;
      if (!other.equals(token) && Arrays.equals(Base64.getUrlDecoder().decode(other), bytes)) {
        same++;
        assertThat(links.verify(Purpose.Unsubscribe, other)).as("ends in %s", last).isEmpty();
      }
    }
    assertThat(same).as("spellings of the same bytes").isEqualTo(15);
    assertThat(links.verify(Purpose.Unsubscribe, token + "=")).isEmpty();
    assertThat(links.verify(Purpose.Unsubscribe, token + "==")).isEmpty();
  }

  @Test
  void tenThousandForgedOrAlteredTokensAreAllRefused() {
    Random chance = new Random(20261130);
    String token = token(links.url(Purpose.Unsubscribe, 202611000000042L, 4711));
    for (int i = 0; i < 10_000; i++) {
      char[] forged = token.toCharArray();
      // From one changed character to nothing but chance, of the right length.
      int changes = 1 + chance.nextInt(i % 2 == 0 ? 3 : forged.length);
      for (int c = 0; c < changes; c++) {
        forged[chance.nextInt(forged.length)] = ALPHABET.charAt(chance.nextInt(64));
      }
      String other = new String(forged);
      if (!other.equals(token)) {
        for (Purpose purpose : Purpose.values()) {
          assertThat(links.verify(purpose, other)).as(other).isEmpty();
        }
      }
    }
    assertThat(links.verify(Purpose.Unsubscribe, token)).as("the genuine one").isPresent();
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    assertThat(
            links(OTHER).verify(Purpose.Unsubscribe, token(links.url(Purpose.Unsubscribe, 1, 2))))
        .isEmpty();
  }

  @Test
  void aLinkForOnePurposeIsNoneForAnother() {
    String preferences = links.url(Purpose.Preferences, 42, 4711);

    assertThat(preferences).startsWith(BASE + "/p/");
    assertThat(links.verify(Purpose.Preferences, token(preferences)))
        .contains(new Subject(42, 4711));
    assertThat(links.verify(Purpose.Unsubscribe, token(preferences))).isEmpty();
    String confirm = links.url(Purpose.Confirm, 42, 4711);
    assertThat(confirm).startsWith(BASE + "/confirm/");
    assertThat(links.verify(Purpose.Confirm, token(confirm))).contains(new Subject(42, 4711));
    assertThat(links.verify(Purpose.Preferences, token(confirm))).isEmpty();
    assertThat(links.verify(Purpose.Confirm, token(preferences))).isEmpty();
  }

  @Test
  void afterARotationTheNewKeySignsAndTheOldOneStillVerifies() {
    String before = links.url(Purpose.Unsubscribe, 42, 4711);
    RecipientLinks rotated = links(OTHER + "\n\n" + KEY + "\r\n");
    String after = rotated.url(Purpose.Unsubscribe, 42, 4711);

    assertThat(after).isEqualTo(links(OTHER).url(Purpose.Unsubscribe, 42, 4711));
    assertThat(rotated.verify(Purpose.Unsubscribe, token(before))).contains(new Subject(42, 4711));
    assertThat(rotated.verify(Purpose.Unsubscribe, token(after))).contains(new Subject(42, 4711));
    assertThat(links(OTHER).verify(Purpose.Unsubscribe, token(before)))
        .as("once the old key is gone")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not base64!", "AAAA"})
  void whatIsNoTokenIsRefused(String token) {
    assertThat(links.verify(Purpose.Unsubscribe, token)).isEmpty();
  }

  @Test
  void aSlashAtTheEndOfTheBaseDoesNotDouble() {
    assertThat(
            new RecipientLinks(BASE + "/mail/", LinkKeys.parse(KEY)).url(Purpose.Unsubscribe, 1, 2))
        .startsWith(BASE + "/mail/u/");
  }

  @Test
  void oneClickNeedsHttps() {
    assertThat(links.oneClick()).isTrue();
    assertThat(new RecipientLinks("http://localhost:8080", LinkKeys.parse(KEY)).oneClick())
        .isFalse();
  }

  @Test
  void aShortKeyIsRefusedByItsLineAndNotQuoted() {
    assertThatThrownBy(() -> LinkKeys.parse(KEY + "\n" + "short-secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("12 bytes")
        .hasMessageNotContaining("short-secret");
    assertThatThrownBy(() -> LinkKeys.parse(" \n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No link key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"news.example.com", "ftp://x.example", "https://x.example/?a=b", "https:///x"})
  void aBaseThatIsNoWebAddressIsRefused(String base) {
    assertThatThrownBy(() -> new RecipientLinks(base, LinkKeys.parse(KEY)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lettershop.delivery.message.UnsubscribeLinks.Subject;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeLinksTest {
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();
  private static final String BASE = "https://news.example.com";

  private final UnsubscribeLinks links = new UnsubscribeLinks(BASE, KEY);

  private static String token(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  @Test
  void aLinkSaysWhoUnsubscribesFromWhat() {
    String url = links.url(42, 4711);

    assertThat(url).startsWith(BASE + "/u/").matches("[\\x21-\\x7e]+").hasSizeLessThan(100);
    assertThat(links.verify(token(url))).contains(new Subject(42, 4711));
  }

  @Test
  void aLinkIsTheSameEachTimeAndAnotherForAnother() {
    assertThat(links.url(42, 4711)).isEqualTo(links.url(42, 4711));
    assertThat(links.url(42, 4712)).isNotEqualTo(links.url(42, 4711));
    assertThat(links.url(43, 4711)).isNotEqualTo(links.url(42, 4711));
  }

  @Test
  void aTokenThatWasTamperedWithIsRefusedWhicheverBitItIs() {
    byte[] bytes = Base64.getUrlDecoder().decode(token(links.url(42, 4711)));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(links.verify(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
          .as("bit %d", bit)
          .isEmpty();
    }
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    byte[] otherKey = KEY.clone();
    otherKey[0]++;

    assertThat(new UnsubscribeLinks(BASE, otherKey).verify(token(links.url(42, 4711)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not base64!", "AAAA"})
  void whatIsNoTokenIsRefused(String token) {
    assertThat(links.verify(token)).isEmpty();
  }

  @Test
  void aSlashAtTheEndOfTheBaseDoesNotDouble() {
    assertThat(new UnsubscribeLinks(BASE + "/mail/", KEY).url(1, 2)).startsWith(BASE + "/mail/u/");
  }

  @Test
  void oneClickNeedsHttps() {
    assertThat(links.oneClick()).isTrue();
    assertThat(new UnsubscribeLinks("http://localhost:8080", KEY).oneClick()).isFalse();
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new UnsubscribeLinks(BASE, Arrays.copyOf(KEY, 15)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"news.example.com", "ftp://x.example", "https://x.example/?a=b", "https:///x"})
  void aBaseThatIsNoWebAddressIsRefused(String base) {
    assertThatThrownBy(() -> new UnsubscribeLinks(base, KEY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

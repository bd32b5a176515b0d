package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HitLinksTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final HitLinks LINKS = links(KEY);
  private static final long RUN = 202611000000007L;

  private static HitLinks links(String keys) {
    return new RecipientLinks("https://links.shop.example/", LinkKeys.parse(keys)).hits();
  }

  private static String token(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  @Test
  void aLinkTellsRunRecipientAndNumber() {
    String url = LINKS.click(RUN, 1001, 65535, List.of()).orElseThrow();

    assertThat(url).startsWith("https://links.shop.example/c/").hasSize(29 + 48);
    assertThat(LINKS.click(token(url))).contains(new HitLinks.Click(RUN, 1001, 65535, List.of()));
  }

  @Test
  void valuesTravelUnreadable() {
    List<String> values = List.of("ada%40example.com", "", "Größe 😀");
    String url = LINKS.click(RUN, 1001, 3, values).orElseThrow();

    assertThat(LINKS.click(token(url))).contains(new HitLinks.Click(RUN, 1001, 3, values));
    byte[] bytes = java.util.Base64.getUrlDecoder().decode(token(url));
    assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("ada", "example");
    assertThat(LINKS.click(RUN, 1001, 3, values)).as("reproducible").contains(url);
    assertThat(LINKS.click(RUN, 1002, 3, values).orElseThrow().substring(60))
        .as("equal values of two people look different")
        .isNotEqualTo(url.substring(60));
  }

  @Test
  void tooLongValuesMakeNoLink() {
    assertThat(LINKS.click(RUN, 1, 0, List.of("x".repeat(100_000)))).isEmpty();
    assertThat(LINKS.click(RUN, 1, 0, List.of("x".repeat(1000)))).isPresent();
  }

  @Test
  void anImageIsOfOnePersonOrOfAVariant() {
    assertThat(LINKS.open(token(LINKS.open(RUN, 1001, 2))))
        .contains(new HitLinks.Open(RUN, 1001, 2));
    assertThat(LINKS.open(token(LINKS.open(RUN, 0, 1)))).contains(new HitLinks.Open(RUN, 0, 1));
  }

  @Test
  void aTokenIsGoodForOnePurposeOnly() {
    String open = token(LINKS.open(RUN, 1001, 0));
    String click = token(LINKS.click(RUN, 1001, 0, List.of()).orElseThrow());

    assertThat(LINKS.click(open)).isEmpty();
    assertThat(LINKS.open(click)).isEmpty();
  }

  @Test
  void oldKeysGoOnWorking() {
    String sealed = token(LINKS.click(RUN, 1, 2, List.of("x")).orElseThrow());
    String plain = token(LINKS.click(RUN, 1, 2, List.of()).orElseThrow());
    HitLinks rotated = links("another key of 24 bytes.\n" + KEY);

    assertThat(rotated.click(sealed)).isPresent();
    assertThat(rotated.click(plain)).isPresent();
    assertThat(links("another key of 24 bytes.").click(sealed)).isEmpty();
    assertThat(links("another key of 24 bytes.").click(plain)).isEmpty();
  }

  @Test
  void tenThousandAlteredTokensAreRefused() {
    Random chance = new Random(20261130);
    List<String> genuine = new ArrayList<>();
    genuine.add(token(LINKS.click(RUN, 1001, 3, List.of()).orElseThrow()));
    genuine.add(
        token(LINKS.click(RUN, 1001, 3, List.of("size-42", "ada%40example.com")).orElseThrow()));
    genuine.add(token(LINKS.open(RUN, 1001, 0)));
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      StringBuilder token = new StringBuilder(genuine.get(i % 3));
      for (int changes = 1 + chance.nextInt(3); changes > 0; changes--) {
        char c = ALPHABET.charAt(chance.nextInt(64));
        int at = chance.nextInt(token.length());
        switch (chance.nextInt(8)) {
          case 0 -> token.insert(at, c);
          case 1 -> token.deleteCharAt(at);
          default -> token.setCharAt(at, c);
        }
      }
      String forged = token.toString();
      if (!genuine.contains(forged)
          && (LINKS.click(forged).isPresent() || LINKS.open(forged).isPresent())) {
        accepted.add(forged);
      }
    }
    assertThat(accepted).isEmpty();
    assertThat(LINKS.click("")).isEmpty();
    assertThat(LINKS.open("not base64!")).isEmpty();
  }
}

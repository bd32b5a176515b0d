package dev.lettershop.playground.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SentMailsTest {

  @Test
  void tellsTheContentByWhatTheReaderSees() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("Exclusive NY Store Deals!", "New York");
    texts.put("Your cart is waiting", "Cart");
    SentMails mails = new SentMails(texts, "other");

    Map<String, String> subject = mails.of("a@example.com", "Ada, Your cart is waiting", "");
    Map<String, String> wrapped =
        mails.of("b@example.com", "Bob", "Hello\r\nExclusive NY\r\nStore Deals!");
    Map<String, String> none = mails.of("c@example.com", "", "News");

    assertThat(subject).containsExactly(Map.entry("Content", "Cart"));
    assertThat(wrapped).containsEntry("Content", "New York");
    assertThat(none).containsEntry("Content", "other");
    assertThat(mails.contentCounts())
        .containsExactly(Map.entry("New York", 1L), Map.entry("Cart", 1L), Map.entry("other", 1L));
  }
}

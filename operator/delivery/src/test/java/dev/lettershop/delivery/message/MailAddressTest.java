package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {

  @ParameterizedTest
  @CsvSource({
    "ada@example.com, ada@example.com",
    "a.b+c=d@sub.example.com, a.b+c=d@sub.example.com",
    "ada@BÜCHER.example, ada@xn--bcher-kva.example",
    "ada@例え.テスト, ada@xn--r8jz45g.xn--zckzah",
    "'\"a b\"@example.com', '\"a b\"@example.com'",
    "jürgen@example.com, jürgen@example.com",
    "root@localhost, root@localhost"
  })
  void aMailboxIsWrittenAsTheWireWantsIt(String given, String wire) {
    assertThat(MailAddress.parse(given)).map(MailAddress::text).contains(wire);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "ada",
        "@example.com",
        "ada@",
        "ada@@example.com",
        ".ada@example.com",
        "ada.@example.com",
        "a..b@example.com",
        "a b@example.com",
        "ada@exam ple.com",
        "ada@example..com",
        "ada@-example.com",
        "ada@example-.com",
        "ada@exa_mple.com",
        "ada@[127.0.0.1]",
        "ada@example.com>",
        "<ada@example.com",
        "ada\r\nRCPT TO:<eve@example.com>@example.com",
        "\"ada\r\n\"@example.com",
        "\"ada\"b\"@example.com",
        "\"ada\\\"@example.com",
        "ada\u0000@example.com",
        "ada\u202e@example.com",
        "ada@example.com\r\nDATA",
        "ada@\ud800.example"
      })
  void whatIsNoMailboxIsRefused(String given) {
    assertThat(MailAddress.parse(given)).isEmpty();
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThat(MailAddress.parse("a".repeat(64) + "@example.com")).isPresent();
    assertThat(MailAddress.parse("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(MailAddress.parse("a@" + "b".repeat(64) + ".example")).isEmpty();
    assertThat(MailAddress.parse("a@" + "bcd.".repeat(63) + "example")).isEmpty();
  }

  @Test
  void anAddressDoesNotShowInALog() {
    assertThat(MailAddress.parse("ada@example.com").orElseThrow().toString())
        .doesNotContain("ada", "example");
  }
}

package dev.lettershop.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDomainTest {
  @ParameterizedTest
  @CsvSource({
    "Example.COM, example.com",
    "straße.example, xn--strae-oqa.example",
    "strasse.example, strasse.example",
    "STRASSE.example, strasse.example",
    "βόλος.example, xn--nxasmm1c.example",
    "Bücher.example, xn--bcher-kva.example",
    "bücher。example, xn--bcher-kva.example",
    "XN--BCHER-KVA.example, xn--bcher-kva.example",
    "例え.テスト, xn--r8jz45g.xn--zckzah",
    "r3---sn.example, r3---sn.example",
    "localhost, localhost"
  })
  void is_in_ascii_as_registries_have_it(String domain, String ascii) {
    assertThat(MailDomain.ascii(domain)).contains(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        ".example",
        "example.",
        "-a.example",
        "a-.example",
        "a_b.example",
        "a b.example",
        "ö..example",
        "ü_.example",
        "\u0308a.example",
        "a\u200bé b.example"
      })
  void nothing_else_is_one(String domain) {
    assertThat(MailDomain.ascii(domain)).isEmpty();
  }

  @Test
  void labels_and_names_have_a_length() {
    assertThat(MailDomain.ascii("a".repeat(63) + ".example")).isPresent();
    assertThat(MailDomain.ascii("a".repeat(64) + ".example")).isEmpty();
    assertThat(MailDomain.ascii("ä".repeat(64) + ".example")).isEmpty();
    assertThat(MailDomain.ascii("a.".repeat(126) + "b")).isPresent();
    assertThat(MailDomain.ascii("a.".repeat(127) + "b")).isEmpty();
  }
}

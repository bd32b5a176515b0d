package dev.lettershop.store.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailKeyTest {

  @ParameterizedTest
  @CsvSource({
    "ada@example.com, ada@example.com",
    "' Ada.Lovelace+News@EXAMPLE.com ', ada.lovelace+news@example.com",
    "ada@bücher.example, ada@xn--bcher-kva.example",
    "GRÜN@example.com, grün@example.com",
    "o'neil_x@a-b.example, o'neil_x@a-b.example",
  })
  void addressesOfOneMailboxHaveOneKey(String address, String key) {
    assertThat(EmailKey.of(address)).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example..com",
        "ada@.com",
        "ada@example.com.",
        "a da@example.com",
        ".ada@example.com",
        "ada..x@example.com",
        "ada@exa mple.com",
        "ada@exam_ple.com",
        "ada\r\nBcc: x@example.com",
        "<ada@example.com>",
        "a@b@example.com",
        "ada,bob@example.com"
      })
  void whereNoMailCanGoThereIsNoKey(String address) {
    assertThat(EmailKey.of(address)).isEmpty();
  }
}

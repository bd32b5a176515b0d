package dev.lettershop.delivery.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.delivery.message.ReturnAddresses.Delivery;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReturnAddressesTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "fedcba9876543210fedcba9876543210";

  private final ReturnAddresses addresses = addresses(KEY, "shop/default");

  private static ReturnAddresses addresses(String keys, String store) {
    return new ReturnAddresses("bounces.shop.example", store, LinkKeys.parse(keys));
  }

  private static MailAddress mailbox(String text) {
    return MailAddress.parse(text).orElseThrow();
  }

  private String address() {
    return addresses.of(42).of(4711, mailbox("ada@example.com"));
  }

  @Test
  void anAddressTellsTheDeliveryAndFitsAnEnvelope() {
    String address = address();

    assertThat(MailAddress.parse(address)).isPresent();
    assertThat(address).matches("b-[a-z2-7]+@bounces\\.shop\\.example");
    assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
    assertThat(addresses.in("Delivered-To: <" + address + ">\r\nX: y"))
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.runId()).isEqualTo(42);
              assertThat(delivery.profileId()).isEqualTo(4711);
              assertThat(delivery.wasTo("Ada@EXAMPLE.com")).isTrue();
              assertThat(delivery.wasTo("eve@example.com")).isFalse();
            });
  }

  @Test
  void serversMayChangeTheCaseOfLetters() {
    assertThat(addresses.in(address().toUpperCase(Locale.ROOT))).hasSize(1);
  }

  @Test
  void noOtherAddressIsTakenForOne() {
    String address = address();
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder forged = new StringBuilder(address);
      int at = 2 + random.nextInt(address.indexOf('@') - 2);
      char other = "abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32));
      if (other != address.charAt(at)) {
        forged.setCharAt(at, other);
        assertThat(addresses.in(forged.toString())).as("position %d", at).isEmpty();
      }
    }
    assertThat(addresses.in("x" + address)).isEmpty();
    assertThat(addresses.in(address + "x")).isEmpty();
    assertThat(addresses.in(address.replace("shop.example", "shop.test"))).isEmpty();
  }

  @Test
  void anAddressOfAnotherStoreOrKeyIsNone() {
    assertThat(addresses(KEY, "shop/other").in(address())).isEmpty();
    assertThat(addresses(OTHER, "shop/default").in(address())).isEmpty();
    assertThat(addresses(OTHER + "\n" + KEY, "shop/default").in(address())).hasSize(1);
  }

  @Test
  void severalInOneTextAreFoundInTheirOrder() {
    String second = addresses.of(43).of(1, mailbox("bea@example.com"));

    assertThat(addresses.in(address() + " " + second + " " + address()))
        .extracting(Delivery::runId)
        .containsExactly(42L, 43L);
  }

  @Test
  void lettersAndDigitsStandForAnyBytes() {
    Random random = new Random(3);
    for (int length = 0; length < 40; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = Base32.encode(bytes);
      assertThat(text).hasSize(Base32.length(length));
      assertThat(Base32.decode(text)).hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
      String longer = text + "a";
      assertThat(Base32.decode(longer).map(Base32::encode).orElse(longer)).isEqualTo(longer);
    }
  }
}

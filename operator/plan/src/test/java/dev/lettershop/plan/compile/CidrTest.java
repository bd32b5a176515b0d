package dev.lettershop.plan.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.129, true",
    "192.0.2.1/32, 192.0.2.1, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void holdsWhatBeginsWithItsBits(String network, String address, boolean held)
      throws UnknownHostException {
    assertThat(Cidr.parse(network).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0/8",
        "300.0.0.0/8",
        "10.0.0.0/08",
        "10.0.0.0/-1",
        "fade/8",
        "proxy.example/24",
        "2001:db8::/129",
        "1::2::3/64",
        "10.0.0.0/8/8"
      })
  void whatIsNotANetworkIsToldApartWithoutLookingUpNames(String text) {
    assertThat(Cidr.parse(text)).isEmpty();
  }

  @Test
  void bitsBehindThePrefixDoNotCount() throws UnknownHostException {
    assertThat(Cidr.parse("10.1.2.3/8").orElseThrow().contains(InetAddress.getByName("10.9.9.9")))
        .isTrue();
  }
}

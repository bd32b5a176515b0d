package dev.lettershop.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {
  private final ClientAddresses addresses =
      new ClientAddresses(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7"));

  @Test
  void aPeerThatIsNoTrustedProxyIsTheClientWhateverItForwards() {
    assertThat(addresses.of("203.0.113.5", List.of("198.51.100.1"))).isEqualTo("203.0.113.5");
  }

  @Test
  void behindTrustedProxiesTheLastStrangerIsTheClient() {
    assertThat(addresses.of("10.1.2.3", List.of("1.1.1.1, 198.51.100.1, 192.0.2.7")))
        .isEqualTo("198.51.100.1");
    assertThat(addresses.of("fd00::1", List.of("1.1.1.1", "[2001:db8::5]:443")))
        .isEqualTo("2001:db8::5");
    assertThat(addresses.of("10.1.2.3", List.of("198.51.100.1:4711"))).isEqualTo("198.51.100.1");
  }

  @Test
  void aHeaderThatIsNoListOfAddressesLeavesThePeer() {
    assertThat(addresses.of("10.1.2.3", List.of("unknown"))).isEqualTo("10.1.2.3");
    assertThat(addresses.of("10.1.2.3", List.of())).isEqualTo("10.1.2.3");
    assertThat(addresses.of("10.1.2.3", List.of("10.9.9.9"))).isEqualTo("10.1.2.3");
  }

  @Test
  void aNetworkThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new ClientAddresses(List.of("ten.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"ten.example\" is not a network like 10.0.0.0/8");
  }
}

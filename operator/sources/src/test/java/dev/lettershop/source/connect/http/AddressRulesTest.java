package dev.lettershop.source.connect.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "64:ff9b::a9fe:a9fe",
        "2002:a00:1::",
        "::10.0.0.1",
        "::ffff:10.0.0.1"
      })
  void takes_addresses_inside_for_private(String address) throws UnknownHostException {
    assertThat(AddressRules.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.1.1", "100.128.0.1", "172.32.0.1", "192.1.0.1", "2606:4700::1111"})
  void takes_addresses_outside_for_public(String address) throws UnknownHostException {
    assertThat(AddressRules.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void finds_the_next_page_among_links() {
    assertThat(
            LinkHeader.next(
                List.of("<a>; rel=\"prev\", <b?x=1,2>; title=\"x\"; rel=\"last next\"")))
        .isEqualTo("b?x=1,2");
    assertThat(LinkHeader.next(List.of("<a>; rel=first", "<c>;rel=next"))).isEqualTo("c");
    assertThat(LinkHeader.next(List.of("<a>; rel=nextish", "<b>; title=\"rel=next\""))).isNull();
  }
}

package dev.lettershop.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.cli.doctor.Check.State;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainChecksTest {
  private static final String SHOP = "shop.example";

  /** DNS out of a table: type and name to values. */
  private static final class Table implements MailDns {
    private final Map<String, List<String>> records = new HashMap<>();
    private boolean silent;

    Table with(String type, String name, String... values) {
      records.put(type + " " + name, List.of(values));
      return this;
    }

    private List<String> find(String type, String name) throws UnreachableException {
      if (silent) {
        throw new UnreachableException("DNS does not answer about " + name, null);
      }
      return records.getOrDefault(type + " " + name, List.of());
    }

    @Override
    public List<String> texts(String name) throws UnreachableException {
      return find("TXT", name);
    }

    @Override
    public List<String> exchanges(String domain) throws UnreachableException {
      return find("MX", domain);
    }

    @Override
    public List<String> addresses(String host) throws UnreachableException {
      return find("A", host);
    }

    @Override
    public List<String> names(String address) throws UnreachableException {
      return find("PTR", address);
    }
  }

  private final Table dns = new Table();
  private final DomainChecks checks = new DomainChecks(dns);

  private Check sender(int which) {
    return checks.sender(SHOP).get(which);
  }

  @ParameterizedTest
  @CsvSource({
    "v=spf1 include:relay.example -all, ok",
    "v=spf1 redirect=_spf.relay.example, ok",
    "V=SPF1 mx ~ALL, ok",
    "v=spf1 mx, warning",
    "v=spf1 mx +all, error",
    "v=spf1 all, error",
    "v=spf10 -all, error"
  })
  void an_spf_record_has_to_say_who_may_not_send(String record, State state) {
    dns.with("TXT", SHOP, "some other text", record);

    assertThat(sender(0).state()).as(record).isEqualTo(state);
  }

  @Test
  void two_spf_records_are_as_good_as_none() {
    dns.with("TXT", SHOP, "v=spf1 mx -all", "v=spf1 a -all");

    assertThat(sender(0).state()).isEqualTo(State.error);
    assertThat(sender(0).message()).contains("2 SPF records");
  }

  @ParameterizedTest
  @CsvSource({
    "v=DMARC1; p=reject, ok",
    "v=DMARC1;p=quarantine;rua=mailto:a@shop.example, ok",
    "v=DMARC1; p=none, warning",
    "v=DMARC1; rua=mailto:a@shop.example, error"
  })
  void a_dmarc_record_has_to_have_a_policy(String record, State state) {
    dns.with("TXT", "_dmarc." + SHOP, record);

    assertThat(sender(1).state()).as(record).isEqualTo(state);
  }

  @Test
  void the_dmarc_record_of_the_domain_above_counts_for_a_subdomain() {
    dns.with("TXT", "_dmarc." + SHOP, "v=DMARC1; p=reject");

    assertThat(checks.sender("news." + SHOP).get(1).state()).isEqualTo(State.ok);
    assertThat(checks.sender("other.example").get(1).state()).isEqualTo(State.error);
  }

  @Test
  void a_domain_has_to_take_mail() {
    assertThat(sender(2).state()).isEqualTo(State.error);
    dns.with("A", SHOP, "192.0.2.1");
    assertThat(sender(2).state()).isEqualTo(State.warning);
    dns.with("MX", SHOP, "mx.shop.example");
    assertThat(sender(2)).isEqualTo(Check.ok("MX " + SHOP, "mx.shop.example"));
    dns.with("MX", SHOP, ".");
    assertThat(sender(2).message()).contains("no mail at all");
  }

  @Test
  void the_key_in_dns_has_to_be_the_one_that_signs() {
    byte[] key = "the public key".getBytes(StandardCharsets.UTF_8);
    String name = "s1._domainkey." + SHOP;
    assertThat(checks.dkim("s1", SHOP, Optional.of(key)).message()).contains("no key");
    dns.with("TXT", name, "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(key));
    assertThat(checks.dkim("s1", SHOP, Optional.of(key)).state()).isEqualTo(State.ok);
    assertThat(checks.dkim("s1", SHOP, Optional.empty()).state()).isEqualTo(State.ok);
    assertThat(checks.dkim("s1", SHOP, Optional.of(new byte[] {1})).message())
        .contains("another key");
    dns.with("TXT", name, "v=DKIM1; p=");
    assertThat(checks.dkim("s1", SHOP, Optional.of(key)).message()).contains("revoked");
    dns.with("TXT", name, "v=DKIM1; p=???");
    assertThat(checks.dkim("s1", SHOP, Optional.of(key)).message()).contains("not Base64");
  }

  @Test
  void an_address_of_the_relay_has_a_name_that_leads_back() {
    String host = "mail.shop.example";
    assertThat(checks.reverse(host).state()).isEqualTo(State.error);
    dns.with("A", host, "192.0.2.7");
    assertThat(checks.reverse(host).state()).isEqualTo(State.warning);
    dns.with("PTR", "192.0.2.7", "liar.example");
    assertThat(checks.reverse(host).state()).isEqualTo(State.warning);
    dns.with("PTR", "192.0.2.7", host);
    assertThat(checks.reverse(host).state()).isEqualTo(State.ok);
  }

  @Test
  void nothing_is_claimed_when_nobody_answers() {
    dns.silent = true;

    assertThat(checks.sender(SHOP)).extracting(Check::state).containsOnly(State.unknown);
  }

  @Test
  void addresses_are_looked_up_under_their_reversed_name() {
    assertThat(JndiDns.reversed("192.0.2.7")).isEqualTo("7.2.0.192.in-addr.arpa");
    assertThat(JndiDns.reversed("2001:db8::1"))
        .isEqualTo("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
  }
}

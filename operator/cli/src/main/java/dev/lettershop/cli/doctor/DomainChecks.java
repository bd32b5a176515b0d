package dev.lettershop.cli.doctor;

import dev.lettershop.cli.doctor.MailDns.UnreachableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What receivers look up about a sender in DNS. */
final class DomainChecks {
  private final MailDns dns;

  DomainChecks(MailDns dns) {
    this.dns = dns;
  }

  /** One question to DNS, and what its answer means. */
  private interface Question {
    Check ask() throws UnreachableException;
  }

  /** Of a domain in the From address. */
  List<Check> sender(String domain) {
    return List.of(
        asked("SPF " + domain, () -> spf(domain)),
        asked("DMARC " + domain, () -> dmarc(domain)),
        asked("MX " + domain, () -> mx(domain)));
  }

  /** Of a domain to which bounces return. */
  Check bounces(String domain) {
    return asked("MX " + domain, () -> mx(domain));
  }

  /**
   * Of a key that signs.
   *
   * @param publicKey what DNS should hold; empty when it cannot be told from the private key
   */
  Check dkim(String selector, String domain, Optional<byte[]> publicKey) {
    String name = selector + "._domainkey." + domain;
    return asked("DKIM " + name, () -> dkim("DKIM " + name, dns.texts(name), publicKey));
  }

  /** Of a host that hands mail over to others. */
  Check reverse(String host) {
    return asked("PTR " + host, () -> ptr(host));
  }

  private Check asked(String name, Question question) {
    try {
      return question.ask();
    } catch (UnreachableException e) {
      return Check.unknown(name, e.getMessage());
    }
  }

  private Check spf(String domain) throws UnreachableException {
    String name = "SPF " + domain;
    List<String> records = starting(dns.texts(domain), "v=spf1");
    if (records.isEmpty()) {
      return Check.error(
          name,
          "there is no SPF record",
          "publish a TXT record at "
              + domain
              + " as your relay says, such as \"v=spf1 include:RELAY -all\"");
    }
    if (records.size() > 1) {
      return Check.error(
          name,
          "there are " + records.size() + " SPF records, so that receivers use none (RFC 7208)",
          "join them in one");
    }
    String record = records.get(0);
    List<String> terms = Arrays.asList(record.toLowerCase(Locale.ROOT).split("\\s+"));
    if (terms.contains("+all") || terms.contains("all")) {
      return Check.error(
          name, "anybody may send in its name: " + record, "end it with -all or ~all");
    }
    boolean ends =
        terms.contains("-all")
            || terms.contains("~all")
            || terms.stream().anyMatch(term -> term.startsWith("redirect="));
    return ends
        ? Check.ok(name, record)
        : Check.warning(
            name, "does not say who may not send: " + record, "end it with -all or ~all");
  }

  private Check dmarc(String domain) throws UnreachableException {
    String name = "DMARC " + domain;
    for (String at = domain; at.contains("."); at = at.substring(at.indexOf('.') + 1)) {
      List<String> records = starting(dns.texts("_dmarc." + at), "v=dmarc1");
      if (records.size() > 1) {
        return Check.error(name, "there are several DMARC records at " + at, "keep one of them");
      }
      if (!records.isEmpty()) {
        String record = records.get(0);
        String policy = tag(record, "p");
        if (policy == null) {
          return Check.error(
              name, "has no policy p=: " + record, "add p=none, quarantine or reject");
        }
        return policy.equalsIgnoreCase("none")
            ? Check.warning(
                name,
                "only watches (p=none): " + record,
                "go on to p=quarantine once the reports show that your own mail passes")
            : Check.ok(name, record);
      }
    }
    return Check.error(
        name,
        "there is no DMARC record; large providers refuse bulk mail without one",
        "publish a TXT record at _dmarc."
            + domain
            + ", such as \"v=DMARC1; p=none; rua=mailto:you@"
            + domain
            + "\"");
  }

  private Check mx(String domain) throws UnreachableException {
    String name = "MX " + domain;
    List<String> hosts = dns.exchanges(domain);
    if (hosts.contains(".")) {
      return Check.error(
          name,
          "says that it takes no mail at all (RFC 7505)",
          "answers and bounces need an MX record");
    }
    if (!hosts.isEmpty()) {
      return Check.ok(name, String.join(", ", hosts));
    }
    return dns.addresses(domain).isEmpty()
        ? Check.error(name, "has neither an MX record nor an address", "publish an MX record")
        : Check.warning(
            name, "has no MX record; senders fall back to its address", "publish an MX record");
  }

  private static Check dkim(String name, List<String> texts, Optional<byte[]> publicKey) {
    List<String> records = texts.stream().filter(text -> tag(text, "p") != null).toList();
    if (records.isEmpty()) {
      return Check.error(
          name,
          "there is no key at this selector",
          "publish the public half of the key that signs");
    }
    String published = tag(records.get(0), "p").replaceAll("\\s", "");
    if (published.isEmpty()) {
      return Check.error(
          name, "the key is revoked (p= is empty)", "publish it, or sign with another");
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(published);
    } catch (IllegalArgumentException e) {
      return Check.error(name, "p= is not Base64", "publish the key in one piece");
    }
    if (publicKey.isEmpty()) {
      return Check.ok(
          name, "a key is published; whether it is the one that signs cannot be told here");
    }
    return Arrays.equals(key, publicKey.get())
        ? Check.ok(name, "the key that signs")
        : Check.error(
            name,
            "is another key than the one that signs, so that signatures fail",
            "publish the public half of the key in privateKeySecretRef, or sign under another selector");
  }

  private Check ptr(String host) throws UnreachableException {
    String name = "PTR " + host;
    List<String> addresses = dns.addresses(host);
    if (addresses.isEmpty()) {
      return Check.error(name, "the host has no address", "check spec.smtp.host");
    }
    List<String> good = new ArrayList<>();
    for (String address : addresses) {
      for (String back : dns.names(address)) {
        if (dns.addresses(back).contains(address)) {
          good.add(address + " is " + back);
        }
      }
    }
    return good.isEmpty()
        ? Check.warning(
            name,
            "no address of it has a name that leads back to it",
            "if it hands mail to the world itself, set its reverse DNS; a relay service does so elsewhere")
        : Check.ok(name, String.join(", ", good));
  }

  private static List<String> starting(List<String> texts, String version) {
    return texts.stream()
        .filter(text -> text.toLowerCase(Locale.ROOT).matches(version + "(?:[\\s;].*)?"))
        .toList();
  }

  /** Value of a tag in a list such as {@code v=DMARC1; p=none}; null when it is not there. */
  private static String tag(String record, String name) {
    for (String part : record.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
        return part.substring(equals + 1).strip();
      }
    }
    return null;
  }
}

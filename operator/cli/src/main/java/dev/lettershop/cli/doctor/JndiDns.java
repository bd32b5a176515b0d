package dev.lettershop.cli.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** DNS as the Java runtime asks it. */
final class JndiDns implements MailDns {
  private static final String TIMEOUT_MILLIS = "2000";
  private static final String TRIES = "2";

  private final String server;

  /**
   * @param server {@code dns://HOST:PORT}, or {@code dns:} for what the system uses
   */
  JndiDns(String server) {
    this.server = server;
  }

  @Override
  public List<String> texts(String name) throws UnreachableException {
    // Pieces of one text come quoted, with a space between them.
    return records(name, "TXT").stream()
        .map(text -> text.replaceAll("\" \"", "").replace("\"", ""))
        .toList();
  }

  @Override
  public List<String> exchanges(String domain) throws UnreachableException {
    return records(domain, "MX").stream()
        .map(record -> record.split(" ", 2))
        .sorted(Comparator.comparingInt(parts -> Integer.parseInt(parts[0])))
        .map(parts -> parts[1].equals(".") ? "." : parts[1].replaceAll("[.]$", ""))
        .toList();
  }

  @Override
  public List<String> addresses(String host) throws UnreachableException {
    List<String> all = new ArrayList<>(records(host, "A"));
    all.addAll(records(host, "AAAA"));
    return all;
  }

  @Override
  public List<String> names(String address) throws UnreachableException {
    return records(reversed(address), "PTR").stream()
        .map(name -> name.replaceAll("[.]$", ""))
        .toList();
  }

  /** The name under which an address is looked up (RFC 1035 section 3.5, RFC 3596). */
  static String reversed(String address) {
    byte[] bytes;
    try {
      bytes = InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + address, e);
    }
    StringBuilder name = new StringBuilder();
    if (bytes.length == 4) {
      for (int i = 3; i >= 0; i--) {
        name.append(bytes[i] & 0xff).append('.');
      }
      return name + "in-addr.arpa";
    }
    String digits = HexFormat.of().formatHex(bytes);
    for (int i = digits.length() - 1; i >= 0; i--) {
      name.append(digits.charAt(i)).append('.');
    }
    return name + "ip6.arpa";
  }

  private List<String> records(String name, String type) throws UnreachableException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(Context.PROVIDER_URL, server);
    environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    try {
      InitialDirContext dns = new InitialDirContext(environment);
      try {
        Attribute found = dns.getAttributes(name, new String[] {type}).get(type);
        List<String> values = new ArrayList<>();
        if (found != null) {
          NamingEnumeration<?> all = found.getAll();
          while (all.hasMore()) {
            values.add(String.valueOf(all.next()));
          }
        }
        return values;
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException e) {
      return List.of();
    } catch (NamingException e) {
      throw new UnreachableException("DNS does not answer about " + name, e);
    }
  }
}

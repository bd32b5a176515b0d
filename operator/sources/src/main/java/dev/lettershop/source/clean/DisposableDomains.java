package dev.lettershop.source.clean;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Providers of mailboxes that are thrown away, those that are known best. Immutable. */
public final class DisposableDomains {
  private final Set<String> domains;

  public DisposableDomains() {
    try (InputStream in = DisposableDomains.class.getResourceAsStream("disposable-domains.txt")) {
      domains =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the list of disposable domains", e);
    }
  }

  /** Whether an address is at one of them, or at a subdomain. */
  public boolean has(String address) {
    String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    while (!domains.contains(domain)) {
      int dot = domain.indexOf('.');
      if (dot < 0) {
        return false;
      }
      domain = domain.substring(dot + 1);
    }
    return true;
  }
}

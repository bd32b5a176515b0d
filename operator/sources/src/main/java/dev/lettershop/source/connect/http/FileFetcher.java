package dev.lettershop.source.connect.http;

import dev.lettershop.source.connect.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads files from URLs that data name, under the same rules as sources are read: from addresses
 * that were judged and from nothing else, without redirects, cookies and proxies. Thread-safe.
 */
public final class FileFetcher implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final String field;
  private final Set<String> hosts;
  private final boolean privateAllowed;
  private final PinnedClient client;

  /**
   * @param field path of what has the URL, for messages
   * @param hosts in lower case, that URLs may lead to; empty for any
   * @param privateAllowed whether private addresses and http may be used
   * @param mostBytes of a file
   */
  public FileFetcher(String field, Set<String> hosts, boolean privateAllowed, long mostBytes) {
    this.field = field;
    this.hosts = Set.copyOf(hosts);
    this.privateAllowed = privateAllowed;
    this.client =
        new PinnedClient(new AddressRules(privateAllowed, field), LONGEST, mostBytes, LONGEST);
  }

  /**
   * Reads a file.
   *
   * @throws ConnectorException when the URL or its address is refused, the file is too large, or it
   *     is not to be had at the moment; says nothing that the URL says
   */
  public byte[] fetch(String url) throws ConnectorException {
    URI address = Urls.checked(field, url);
    boolean known = hosts.isEmpty() || hosts.contains(address.getHost().toLowerCase(Locale.ROOT));
    boolean secure = privateAllowed || address.getScheme().equalsIgnoreCase("https");
    if (!known || !secure) {
      throw ConnectorException.misconfigured(
          field, "leads to a host that is not allowed, or without TLS", "name the host", null);
    }
    try {
      Answer answer = client.send(address, Map.of(), null);
      if (answer.isSuccess()) {
        return answer.body();
      }
      throw ConnectorException.unavailable(
          field, "the server answered " + answer.status(), "see what it says", null);
    } catch (IOException e) {
      throw ConnectorException.unavailable(field, "the server does not answer", null, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

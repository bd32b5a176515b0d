package dev.lettershop.source.connect.http;

import dev.lettershop.source.connect.ConnectorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends one request to an address that was judged: the client asks us for the addresses of a name,
 * and connects to nothing else. Follows no redirects, keeps no cookies, uses no proxy.
 */
final class PinnedClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final CloseableHttpClient client;
  private final long mostBytes;
  private final Duration longest;

  /** Says through the client's code why an address is refused. */
  private static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1L;
    private final transient ConnectorException reason;

    Refused(ConnectorException reason) {
      super(reason.getMessage());
      this.reason = reason;
    }
  }

  /**
   * @param timeout longest wait for an answer, or for more of one
   * @param mostBytes of an answer, unpacked
   */
  PinnedClient(AddressRules addresses, Duration timeout, long mostBytes) {
    this(addresses, timeout, mostBytes, null);
  }

  /**
   * @param longest for all of an answer, however steadily it comes; null for no limit
   */
  PinnedClient(AddressRules addresses, Duration timeout, long mostBytes, Duration longest) {
    this.mostBytes = mostBytes;
    this.longest = longest;
    Timeout connect = Timeout.of(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver(addresses))
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(connect)
                            .setSocketTimeout(Timeout.of(timeout))
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.of(timeout)).build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .setUserAgent("lettershop")
            .build();
  }

  private static DnsResolver resolver(AddressRules addresses) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        try {
          return addresses.of(host).toArray(InetAddress[]::new);
        } catch (ConnectorException refused) {
          throw new Refused(refused);
        }
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  /**
   * @param body of a POST, of a form unless a header says its type; null for a GET
   * @throws ConnectorException when the address is refused, or the answer too large
   */
  Answer send(URI url, Map<String, String> headers, byte[] body)
      throws IOException, ConnectorException {
    HttpUriRequestBase request = new HttpUriRequestBase(body == null ? "GET" : "POST", url);
    headers.forEach(request::setHeader);
    if (body != null) {
      String type = headers.get("Content-Type");
      request.setEntity(
          new ByteArrayEntity(
              body,
              type == null ? ContentType.APPLICATION_FORM_URLENCODED : ContentType.parse(type)));
    }
    try {
      return client.execute(
          request, response -> new Answer(response.getCode(), headers(response), body(response)));
    } catch (Refused refused) {
      throw refused.reason;
    } catch (TooLarge large) {
      throw ConnectorException.misconfigured(
          "spec.http.maxResponseMebibytes",
          "an answer is larger than allowed",
          "ask for smaller pages with paging.size, or raise the limit",
          null);
    }
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue());
    }
    return headers;
  }

  private byte[] body(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    try (InputStream in = entity.getContent()) {
      long began = System.nanoTime();
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      byte[] part = new byte[1 << 14];
      for (int bytes = in.read(part); bytes >= 0; bytes = in.read(part)) {
        read.write(part, 0, bytes);
        if (read.size() > mostBytes) {
          throw new TooLarge();
        }
        if (longest != null && System.nanoTime() - began > longest.toNanos()) {
          throw new SocketTimeoutException("The answer takes too long");
        }
      }
      return read.toByteArray();
    }
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException ignored) {
      // Nothing is left to be sent.
    }
  }
}

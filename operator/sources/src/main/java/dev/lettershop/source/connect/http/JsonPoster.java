package dev.lettershop.source.connect.http;

import dev.lettershop.api.v1alpha1.source.HttpAuth;
import dev.lettershop.resource.DurationText;
import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Posts JSON to one server, under the same rules as sources are read: to addresses that were judged
 * and to nothing else, without redirects, cookies and proxies. Repeats nothing. Thread-safe.
 */
public final class JsonPoster implements AutoCloseable {
  private static final long MOST_BYTES = 64L << 20;
  private static final int TOKENS_A_SECOND = 10;

  /**
   * What was answered.
   *
   * @param retryAfter null when the server does not say
   */
  public record Reply(int status, byte[] body, Duration retryAfter) {}

  /**
   * Where requests go.
   *
   * @param field path of what has the URL, for messages, such as {@code spec.remote}
   * @param timeout as in resources: for the connection, and for all of an answer
   * @param privateAllowed whether the server may have a private address
   */
  public record Target(
      String field, String url, HttpAuth auth, String timeout, boolean privateAllowed) {}

  private final URI root;
  private final PinnedClient client;
  private final Exchange exchange;
  private final Authorization authorization;

  private JsonPoster(Target target, Credentials credentials, Backoff backoff, Backoff.Pause pause)
      throws ConnectorException {
    this.root = Urls.checked(target.field() + ".url", target.url());
    Duration longest = DurationText.parse(target.timeout());
    AddressRules addresses = new AddressRules(target.privateAllowed(), target.field());
    this.client = new PinnedClient(addresses, longest, MOST_BYTES, longest);
    this.exchange = new Exchange(client, TOKENS_A_SECOND, backoff, pause);
    this.authorization =
        new Authorization(target.field() + ".auth", target.auth(), credentials, exchange);
  }

  /**
   * @param backoff between two requests for a token
   * @throws ConnectorException when the URL is none, or neither http nor https
   */
  public static JsonPoster of(
      Target target, Credentials credentials, Backoff backoff, Backoff.Pause pause)
      throws ConnectorException {
    return new JsonPoster(target, credentials, backoff, pause);
  }

  /**
   * Sends one request.
   *
   * @param path from the URL on, beginning with a slash
   * @throws IOException when there is no answer, in time or at all, or it is too large
   * @throws ConnectorException when the address is refused, or no token is given
   */
  public Reply post(String path, byte[] json) throws IOException, ConnectorException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    String authorized = authorized();
    if (authorized != null) {
      headers.put("Authorization", authorized);
    }
    Answer answer = client.send(at(path), headers, json);
    if (answer.status() == 401) {
      renew();
    }
    return new Reply(answer.status(), answer.body(), Exchange.retryAfter(answer));
  }

  private synchronized String authorized() throws ConnectorException {
    return authorization.header();
  }

  private synchronized void renew() {
    authorization.renew();
  }

  private URI at(String path) {
    String prefix = root.getRawPath() == null ? "" : root.getRawPath();
    String before = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return URI.create(root.getScheme() + "://" + root.getRawAuthority() + before + path);
  }

  @Override
  public void close() {
    exchange.close();
  }
}

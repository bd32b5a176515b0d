package dev.lettershop.source.connect.http;

import dev.lettershop.api.v1alpha1.source.HttpSource;
import dev.lettershop.source.connect.Backoff;
import dev.lettershop.source.connect.Connector;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.JsonRecords;
import dev.lettershop.source.connect.Pull;
import java.net.URI;
import java.util.List;

/**
 * Reads the pages of an API. With a watermark, each reading asks for what is newer than the highest
 * one seen; a reading that was cut short goes on with the page after the last complete one.
 */
public final class HttpConnector implements Connector {
  private final HttpSource source;
  private final Credentials credentials;
  private final Backoff backoff;
  private final Backoff.Pause pause;

  private HttpConnector(
      HttpSource source, Credentials credentials, Backoff backoff, Backoff.Pause pause) {
    this.source = source;
    this.credentials = credentials;
    this.backoff = backoff;
    this.pause = pause;
  }

  /**
   * @throws ConnectorException when the URL is none, or neither http nor https
   */
  public static HttpConnector of(
      HttpSource source, Credentials credentials, Backoff backoff, Backoff.Pause pause)
      throws ConnectorException {
    Urls.checked("spec.http.url", source.url());
    return new HttpConnector(source, credentials, backoff, pause);
  }

  @Override
  public String origin() {
    return JsonRecords.write(
        List.of(
            "http",
            source.url(),
            String.valueOf(source.itemsPath()),
            String.valueOf(source.watermarkPath()),
            String.valueOf(source.sinceParameter()),
            source.paging().type().name()));
  }

  @Override
  public Pull open(String position) throws ConnectorException {
    HttpPosition from =
        position == null ? null : JsonRecords.position(position, HttpPosition.class);
    URI url = Urls.checked("spec.http.url", source.url());
    Exchange exchange =
        new Exchange(new AddressRules(source.allowPrivateAddresses()), source, backoff, pause);
    Authorization authorization =
        new Authorization("spec.http.auth", source.auth(), credentials, exchange);
    return new HttpPull(source, url, exchange, authorization, from);
  }
}

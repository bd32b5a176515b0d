package dev.lettershop.worker.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lettershop.encoding.JsonMappers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Merge patches (RFC 7386) on the status of one object. Not thread-safe.
 *
 * <p>The connection is made anew after each failure, so that a changed authority is seen.
 */
public final class StatusPatch {
  static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final JsonMapper JSON =
      JsonMappers.PLAIN
          .rebuild()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  private final ApiServer server;
  private final URI object;
  private HttpClient client;

  /**
   * @param plural of the kind, such as {@code campaignruns}
   */
  public StatusPatch(ApiServer server, String namespace, String plural, String name) {
    this.server = server;
    this.object =
        URI.create(
            server.address()
                + "/apis/lettershop.dev/v1alpha1/namespaces/"
                + namespace
                + "/"
                + plural
                + "/"
                + name
                + "/status");
  }

  /**
   * Writes.
   *
   * @param status what to lay over the present status
   * @return the server's answer: 2xx when it is written, 404 when there is no such object (yet)
   * @throws IOException when the server cannot be reached, or does not answer in time
   */
  public int patch(Object status) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(object)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/merge-patch+json")
            .header("Accept", "application/json")
            .header("User-Agent", "lettershop-worker")
            .method(
                "PATCH",
                HttpRequest.BodyPublishers.ofByteArray(
                    JSON.writeValueAsBytes(Map.of("status", status))));
    server.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    try {
      if (client == null) {
        client = connect();
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException | RuntimeException e) {
      client = null;
      throw e;
    }
  }

  private HttpClient connect() throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT);
    if (!"http".equals(object.getScheme())) {
      builder.sslContext(trusting(server.authorities().orElse(null)));
    }
    return builder.build();
  }

  private static SSLContext trusting(String authorities) throws IOException {
    try {
      if (authorities == null) {
        return SSLContext.getDefault();
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(authorities.getBytes(StandardCharsets.UTF_8)))) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("The service account's ca.crt is of no use", e);
    }
  }
}

package dev.lettershop.source.connect.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lettershop.api.v1alpha1.source.HttpAuth;
import dev.lettershop.api.v1alpha1.source.HttpAuthType;
import dev.lettershop.source.connect.ConnectorException;
import dev.lettershop.source.connect.Credentials;
import dev.lettershop.source.connect.JsonRecords;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * What goes into the header Authorization. Tokens of OAuth 2 are had when needed, and again shortly
 * before they end or when the API no longer takes them. Not thread-safe.
 */
final class Authorization {
  private static final Duration EARLY = Duration.ofSeconds(30);
  private static final long DEFAULT_SECONDS = 300;

  private final String place;
  private final HttpAuth auth;
  private final Credentials credentials;
  private final Exchange exchange;
  private String token;
  private long tokenEnds;

  /**
   * @param place path of {@code auth}, for messages
   */
  Authorization(String place, HttpAuth auth, Credentials credentials, Exchange exchange) {
    this.place = place;
    this.auth = auth;
    this.credentials = credentials;
    this.exchange = exchange;
  }

  /** The value of the header, or null. */
  String header() throws ConnectorException {
    return switch (auth.type()) {
      case None -> null;
      case Bearer -> "Bearer " + secret("token");
      case Basic -> basic(secret("username"), secret("password"));
      case OAuth2ClientCredentials -> "Bearer " + token();
    };
  }

  /** Forgets a token that was refused; whether a new one can be had. */
  boolean renew() {
    boolean had = token != null;
    token = null;
    return auth.type() == HttpAuthType.OAuth2ClientCredentials && had;
  }

  private String secret(String key) {
    return credentials.require(
        place + ".credentialsSecretRef", auth.credentialsSecretRef().name(), key);
  }

  private static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private String token() throws ConnectorException {
    if (token != null && System.nanoTime() - tokenEnds < 0) {
      return token;
    }
    String field = place + ".tokenUrl";
    StringBuilder form = new StringBuilder("grant_type=client_credentials");
    if (!auth.scopes().isEmpty()) {
      form.append("&scope=").append(encoded(String.join(" ", auth.scopes())));
    }
    // RFC 6749 §2.3.1: both are form-encoded before they become user and password.
    String login = basic(encoded(secret("clientId")), encoded(secret("clientSecret")));
    Answer answer =
        exchange.send(
            field,
            Urls.checked(field, auth.tokenUrl()),
            Map.of("Authorization", login, "Accept", "application/json"),
            form.toString().getBytes(StandardCharsets.UTF_8));
    JsonNode body = json(answer);
    if (!answer.isSuccess() || body == null || !body.path("access_token").isTextual()) {
      throw ConnectorException.misconfigured(
          field,
          "no token was given (status " + answer.status() + error(body) + ")",
          "check clientId, clientSecret and scopes",
          null);
    }
    token = body.path("access_token").asText();
    long seconds = body.path("expires_in").asLong(DEFAULT_SECONDS);
    Duration lasts = Duration.ofSeconds(seconds);
    Duration used =
        lasts.compareTo(EARLY.multipliedBy(2)) > 0 ? lasts.minus(EARLY) : lasts.dividedBy(2);
    tokenEnds = System.nanoTime() + used.toNanos();
    return token;
  }

  private static JsonNode json(Answer answer) {
    try {
      return JsonRecords.read(answer.body());
    } catch (IOException e) {
      return null;
    }
  }

  /** The code of RFC 6749 §5.2, which says nothing secret. */
  private static String error(JsonNode body) {
    String code = body == null ? "" : body.path("error").asText("");
    return code.matches("[a-z_]{1,40}") ? ", " + code : "";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

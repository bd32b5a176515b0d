package dev.lettershop.kubesim.apiserver;

import dev.lettershop.kubesim.apiserver.object.ApiException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps web pages out. Nobody is asked who he is, so that a page in a browser on this machine could
 * plant objects by a form (cross-site request forgery), or read Secrets after its name has come to
 * mean this machine (DNS rebinding). Programs name the loopback interface, say no origin, and send
 * JSON.
 */
final class CallerCheck {
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  private CallerCheck() {}

  /**
   * @param host the header, or empty
   * @param origin the header, or empty
   * @param contentType the header, or empty
   * @param hasBody whether anything was sent
   * @return why the request is refused; empty when it is not
   */
  static Optional<ApiException> refusal(
      String host, String origin, String contentType, boolean hasBody) {
    if (!host.isEmpty() && !HERE.contains(nameOf(host))) {
      return Optional.of(
          ApiException.forbidden(
              "this server is called 127.0.0.1 or localhost, and not what the Host header says"));
    }
    if (!origin.isEmpty() && !isHere(origin)) {
      return Optional.of(
          ApiException.forbidden("this server does not answer pages of other origins"));
    }
    if (hasBody && !isObject(contentType)) {
      return Optional.of(
          ApiException.unsupported(
              "the body of the request is to be JSON, and its Content-Type is to say so"));
    }
    return Optional.empty();
  }

  private static String nameOf(String host) {
    int port = host.lastIndexOf(':');
    boolean hasPort = port > host.lastIndexOf(']');
    return (hasPort && port > 0 ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
  }

  /** Clients of watches may say where they are; pages that came from a file say {@code null}. */
  private static boolean isHere(String origin) {
    try {
      String host = new URI(origin).getHost();
      return host != null && HERE.contains(host.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** What is none of the types that a form or a page may send without being asked. */
  private static boolean isObject(String contentType) {
    String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return media.isEmpty()
        || media.equals("application/json")
        || media.startsWith("application/") && media.matches(".*[+](json|yaml)|.*protobuf");
  }
}

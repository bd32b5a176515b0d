package dev.lettershop.worker.status;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the API server is, and as whom to speak to it.
 *
 * @param address such as {@code https://10.96.0.1:443}
 * @param serviceAccount folder with the files {@code token}, {@code ca.crt} and {@code namespace}
 */
public record ApiServer(URI address, Path serviceAccount) {
  private static final String MOUNTED = "/var/run/secrets/kubernetes.io/serviceaccount";

  /**
   * What a Pod's environment says.
   *
   * @return empty when there is no service account, or nobody told where the server is
   */
  public static Optional<ApiServer> of(Map<String, String> environment) {
    Path folder = Path.of(environment.getOrDefault("LETTERSHOP_SERVICE_ACCOUNT", MOUNTED));
    return Files.isDirectory(folder)
        ? address(environment).map(uri -> new ApiServer(uri, folder))
        : Optional.empty();
  }

  private static Optional<URI> address(Map<String, String> environment) {
    String given = environment.get("LETTERSHOP_API_SERVER");
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    if (given != null && !given.isBlank()) {
      return Optional.of(URI.create(given.strip().replaceFirst("/+$", "")));
    }
    if (host == null || host.isBlank()) {
      return Optional.empty();
    }
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    return Optional.of(
        URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port));
  }

  /** Read at each call: tokens are exchanged every hour or so. Empty when there is none. */
  Optional<String> token() throws IOException {
    return file("token");
  }

  /** PEM with the authorities to trust; empty for those of the Java platform. */
  Optional<String> authorities() throws IOException {
    return file("ca.crt");
  }

  /** The Pod's own namespace, to which its rights are limited. */
  public Optional<String> namespace() {
    try {
      return file("namespace");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> file(String name) throws IOException {
    Path file = serviceAccount.resolve(name);
    return Files.isRegularFile(file)
        ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }
}

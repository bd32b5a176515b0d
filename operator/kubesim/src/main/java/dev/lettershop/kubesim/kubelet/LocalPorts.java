package dev.lettershop.kubesim.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ports of a container on this machine.
 *
 * @param byName free ports, by the name of the container's
 */
public record LocalPorts(Map<String, Integer> byName) {
  /** Annotation of a Pod, followed by the name of a port: where it is on this machine. */
  public static final String ANNOTATION = "kubesim.local/port-";

  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private static final int ERRORS = 400;

  public LocalPorts {
    byName = Map.copyOf(byName);
  }

  static LocalPorts of(Container container) {
    Map<String, Integer> ports = new HashMap<>();
    for (ContainerPort port : container.getPorts()) {
      ports.put(port.getName(), free());
    }
    return new LocalPorts(ports);
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("This machine has no free port", e);
    }
  }

  /** Variables that tell the process its ports. */
  Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>();
    variables.forEach(
        (port, variable) -> {
          if (byName.containsKey(port)) {
            environment.put(variable, byName.get(port).toString());
          }
        });
    return environment;
  }

  Map<String, String> annotations() {
    Map<String, String> annotations = new TreeMap<>();
    byName.forEach((name, port) -> annotations.put(ANNOTATION + name, port.toString()));
    return annotations;
  }

  /** Whether the container says that it is ready; one without a probe always is. */
  boolean isReady(Container container) {
    HTTPGetAction asked =
        container.getReadinessProbe() == null ? null : container.getReadinessProbe().getHttpGet();
    if (asked == null) {
      return true;
    }
    Integer port = byName.get(asked.getPort().getStrVal());
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + asked.getPath()))
              .timeout(TIMEOUT)
              .build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < ERRORS;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

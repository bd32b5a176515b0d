package dev.lettershop.playground.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.cli.output.UsageException;
import dev.lettershop.encoding.JsonMappers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Reads and writes resources of one API server. Every method throws {@link ApiFailure} when the
 * server says no or does not answer. May be used by several threads.
 */
public final class ApiClient implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMappers.PLAIN;
  private static final int ATTEMPTS = 2;
  private static final int TIMEOUT_MILLIS = 60_000;

  /** Something that goes on until it is closed. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** A list, and where a watch goes on from. */
  public record Listing(List<JsonNode> items, String resourceVersion) {}

  private final KubernetesClient client;
  private final String namespace;

  private ApiClient(Config config) {
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(config)
                    .withRequestRetryBackoffLimit(ATTEMPTS)
                    .withConnectionTimeout(TIMEOUT_MILLIS)
                    .withRequestTimeout(TIMEOUT_MILLIS)
                    .build())
            .build();
    this.namespace = config.getNamespace() == null ? "default" : config.getNamespace();
  }

  /**
   * @param kubeconfig its current context says which server, who is asking, and the namespace
   * @throws UsageException when it cannot be used
   */
  public static ApiClient of(Path kubeconfig) {
    if (!Files.isReadable(kubeconfig)) {
      throw new UsageException("kubeconfig not found: " + kubeconfig);
    }
    try {
      return new ApiClient(Config.fromKubeconfig(kubeconfig.toFile()));
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new UsageException(kubeconfig + " is not a kubeconfig that can be used");
    }
  }

  /**
   * @param url of a server that asks nobody who he is
   */
  public static ApiClient of(String url) {
    return new ApiClient(
        new ConfigBuilder(Config.empty()).withMasterUrl(url).withNamespace("default").build());
  }

  /** Where to look when nobody says. */
  public String namespace() {
    return namespace;
  }

  private String server() {
    return client.getMasterUrl().toString();
  }

  public Listing list(ResourceKind kind, String namespace) {
    String answer = raw(path(kind, namespace, null), "GET", null);
    if (answer == null) {
      throw new UsageException("Unknown kind " + kind.qualified() + " at " + server());
    }
    JsonNode list = parsed(answer);
    List<JsonNode> items = new ArrayList<>();
    for (JsonNode item : list.path("items")) {
      // A list says once what all its items are.
      ObjectNode complete = MAPPER.createObjectNode();
      complete.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
      complete.setAll((ObjectNode) item);
      items.add(complete);
    }
    return new Listing(items, list.at("/metadata/resourceVersion").asText(null));
  }

  public Optional<JsonNode> get(ResourceKind kind, String namespace, String name) {
    return Optional.ofNullable(raw(path(kind, namespace, name), "GET", null))
        .map(ApiClient::parsed);
  }

  public JsonNode create(ResourceKind kind, String namespace, JsonNode resource) {
    return parsed(raw(path(kind, namespace, null), "POST", resource));
  }

  /** Replaces a resource, unless somebody else has since it was read. */
  public JsonNode replace(ResourceKind kind, String namespace, JsonNode resource) {
    String name = resource.at("/metadata/name").asText();
    return parsed(raw(path(kind, namespace, name), "PUT", resource));
  }

  /**
   * Deletes a resource; what it owns is left to the garbage collection.
   *
   * @return whether there was one
   */
  public boolean delete(ResourceKind kind, String namespace, String name) {
    ObjectNode options = MAPPER.createObjectNode();
    options.put("apiVersion", "v1").put("kind", "DeleteOptions");
    options.put("propagationPolicy", "Background");
    return get(kind, namespace, name).isPresent()
        && raw(path(kind, namespace, name), "DELETE", options) != null;
  }

  /** What a Pod has printed so far. */
  public String log(String namespace, String pod) {
    try {
      return client.pods().inNamespace(namespace).withName(pod).getLog();
    } catch (KubernetesClientException e) {
      throw ApiFailure.of(e, server());
    }
  }

  /** The events that are about a resource, whatever became of the resource. */
  public List<JsonNode> eventsOf(JsonNode resource) {
    String name = resource.at("/metadata/name").asText();
    String kind = resource.path("kind").asText();
    return list(ResourceKinds.EVENT, resource.at("/metadata/namespace").asText(namespace))
        .items()
        .stream()
        .filter(event -> event.at("/involvedObject/name").asText().equals(name))
        .filter(event -> event.at("/involvedObject/kind").asText().equals(kind))
        .toList();
  }

  /**
   * Follows what happens to the resources of a kind.
   *
   * @param resourceVersion of the list that is known already, or null
   * @param changed told what happened ({@code ADDED}, {@code MODIFIED}, {@code DELETED}) to which
   *     resource, by another thread
   * @param ended called when the server ends the watch
   */
  public Subscription watch(
      ResourceKind kind,
      String namespace,
      String resourceVersion,
      BiConsumer<String, JsonNode> changed,
      Runnable ended) {
    Watcher<GenericKubernetesResource> watcher =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, GenericKubernetesResource resource) {
            if (action != Action.BOOKMARK && action != Action.ERROR) {
              changed.accept(action.name(), MAPPER.valueToTree(resource));
            }
          }

          @Override
          public void onClose(WatcherException cause) {
            ended.run();
          }
        };
    try {
      Watch watch =
          client
              .genericKubernetesResources(kind.context())
              .inNamespace(namespace)
              .watch(
                  new ListOptionsBuilder().withResourceVersion(resourceVersion).build(), watcher);
      return watch::close;
    } catch (KubernetesClientException e) {
      throw ApiFailure.of(e, server());
    }
  }

  private String raw(String path, String method, JsonNode body) {
    try {
      return client.raw(path, method, body == null ? null : text(body));
    } catch (KubernetesClientException e) {
      ApiFailure failure = ApiFailure.of(e, server());
      if (failure.isNotFound() && !method.equals("POST")) {
        return null;
      }
      throw failure;
    }
  }

  private static String path(ResourceKind kind, String namespace, String name) {
    return (kind.group().isEmpty() ? "/api/" : "/apis/")
        + kind.apiVersion()
        + "/namespaces/"
        + namespace
        + "/"
        + kind.plural()
        + (name == null ? "" : "/" + name);
  }

  static String text(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree always serialises", e);
    }
  }

  static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The API server answered something that is not JSON", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

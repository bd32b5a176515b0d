package dev.lettershop.kubesim.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.encoding.JsonMappers;
import dev.lettershop.kubesim.apiserver.object.ResourceType;
import dev.lettershop.kubesim.apiserver.object.ResourceTypes;
import dev.lettershop.kubesim.apiserver.object.StoredObject;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A Kubernetes API server for a laptop: on loopback, plain HTTP, everything in memory, with our
 * CRDs installed and the namespace {@code default} there. Thread-safe.
 *
 * <p>Has: create, get, list, update, patch (JSON, merge), delete, watch, label and field selectors,
 * optimistic locking, the status subresource, generations, finalizers, dry run, and for our kinds
 * defaults and validation; the garbage collector is part of it. Has not: authentication, access
 * control, server-side apply, paging.
 */
public final class InMemoryApiServer implements AutoCloseable {
  private static final List<String> PLURALS =
      List.of(
          "campaigns",
          "campaignruns",
          "collectors",
          "emailtemplates",
          "mailtransports",
          "models",
          "profilesources",
          "profilestores",
          "segments");

  /** Server and clients may share a machine that is busy with other things. */
  private static final int PATIENCE_MILLIS = 120_000;

  private final ApiHandler handler;
  private final HttpFront front;
  private final GarbageCollector collector;
  private final RequestLog requests = new RequestLog();
  private final KubernetesClient client;

  private InMemoryApiServer(int port, Clock clock) {
    ResourceTypes types = new ResourceTypes();
    ObjectStore store = new ObjectStore();
    this.handler = new ApiHandler(types, store, clock);
    ObjectWrites.Options plain = new ObjectWrites.Options(false, true);
    ResourceType crds =
        types.find("apiextensions.k8s.io", "v1", "customresourcedefinitions").orElseThrow();
    for (String plural : PLURALS) {
      handler.writes().create(crds, null, crd(plural), plain);
    }
    ObjectNode namespace = StoredObject.JSON.createObjectNode();
    namespace.putObject("metadata").put("name", "default");
    handler
        .writes()
        .create(types.find("", "v1", "namespaces").orElseThrow(), null, namespace, plain);
    this.collector = handler.collector();
    this.front = new HttpFront(handler, new WatchRequests(handler, store, clock), requests, port);
    this.client = newClient("lettershop-playground");
  }

  /** Starts a server on a free port. */
  public static InMemoryApiServer start() {
    return start(0, Clock.systemUTC());
  }

  /**
   * Starts a server.
   *
   * @param port 0 for a free one
   * @throws IllegalStateException when the port is taken
   */
  public static InMemoryApiServer start(int port, Clock clock) {
    return new InMemoryApiServer(port, clock);
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  public String url() {
    return "http://127.0.0.1:" + front.port();
  }

  /** A client for the namespace {@code default} that lives as long as the server. */
  public KubernetesClient client() {
    return client;
  }

  /**
   * Another client; the caller closes it.
   *
   * @param agent what it says in {@code User-Agent}, so that its requests can be told apart
   */
  public KubernetesClient newClient(String agent) {
    return newClient(agent, new KubernetesSerialization());
  }

  /** The same for one that reads objects in its own way. */
  public KubernetesClient newClient(String agent, KubernetesSerialization serialization) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url())
            .withNamespace("default")
            .withUserAgent(agent)
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout(PATIENCE_MILLIS)
            .withConnectionTimeout(PATIENCE_MILLIS)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization)
        .build();
  }

  /** Writes a file with which kubectl and other clients find this server. */
  public Path kubeconfig(Path file) {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: playground
          cluster:
            server: %s
        users:
        - name: playground
          user: {}
        contexts:
        - name: playground
          context:
            cluster: playground
            user: playground
            namespace: default
        current-context: playground
        """
            .formatted(url());
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** What was asked of the server. */
  public RequestLog requests() {
    return requests;
  }

  /**
   * Lets somebody say no to new objects of a kind, as a quota does: the answer is 403.
   *
   * @param plural such as {@code pods}
   * @param why says why an object may not be created, or empty
   */
  public void refuse(String plural, Function<JsonNode, Optional<String>> why) {
    handler.writes().refuse(plural, why);
  }

  /** Lets somebody step in around all requests from now on. */
  public void disturb(RequestInterceptor disturbance) {
    front.disturb(disturbance);
  }

  /** Ends all watches that are open; clients take them up again. */
  public void interruptWatches() {
    front.interruptWatches();
  }

  /**
   * Says where the logs of Pods come from.
   *
   * @param source the log by namespace and name of the Pod, or empty while there is none
   */
  public void logs(BiFunction<String, String, Optional<String>> source) {
    handler.logs(source);
  }

  @Override
  public void close() {
    client.close();
    front.close();
    collector.close();
  }

  private static ObjectNode crd(String plural) {
    String file = "/META-INF/lettershop/crds/" + plural + ".lettershop.dev.yaml";
    try (InputStream in = Campaign.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return (ObjectNode) JsonMappers.YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + " from the class path", e);
    }
  }
}

package dev.lettershop.controller;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.controller.access.NamespaceAccess;
import dev.lettershop.controller.cluster.ClusterCache;
import dev.lettershop.controller.cluster.Namespaces;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts in order: the API server, our kinds in it, the caches, the reconcilers. Waits as long as
 * it takes for the first two, while the health endpoints already say what is missing.
 */
@ApplicationScoped
public class Startup {
  private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
  private static final String RIGHT = "the right to list ";
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ProfileStore.class,
          ProfileSource.class,
          Segment.class,
          Model.class,
          EmailTemplate.class,
          MailTransport.class,
          Campaign.class,
          CampaignRun.class,
          Collector.class);

  private final KubernetesClient client;
  private final Namespaces namespaces;
  private final ClusterCache cache;
  private final NamespaceAccess access;
  private final Operator operator;
  private final ControllerSettings settings;
  private final LeaseHandover handover;

  private volatile String waitsFor = "the start";
  private volatile boolean stopping;

  public Startup(
      KubernetesClient client,
      Namespaces namespaces,
      ClusterCache cache,
      NamespaceAccess access,
      Operator operator,
      ControllerSettings settings,
      LeaseHandover handover) {
    this.client = client;
    this.namespaces = namespaces;
    this.cache = cache;
    this.access = access;
    this.operator = operator;
    this.settings = settings;
    this.handover = handover;
  }

  void begin(@Observes StartupEvent event) {
    Thread starter = new Thread(this::start, "startup");
    starter.setDaemon(true);
    starter.start();
  }

  void end(@Observes ShutdownEvent event) {
    stopping = true;
    handover.end();
    // Waits for reconciliations under way, then stops leading; the SDK does not call it for us,
    // because it did not start it.
    operator.stop();
    access.close();
    cache.close();
  }

  /** What is still missing before reconcilers work; null when nothing is. */
  public String waitsFor() {
    return waitsFor;
  }

  /**
   * Why our kinds must not be read somewhere, after the start.
   *
   * @param namespace null for all
   */
  Optional<String> refusal(String namespace) {
    return waitsFor == null
        ? Optional.ofNullable(missing(Campaign.class, namespace))
            .filter(missing -> missing.startsWith(RIGHT))
        : Optional.empty();
  }

  private void start() {
    try {
      awaitKinds();
      waitsFor = "the caches";
      cache.start();
      waitsFor = "the reconcilers";
      if (!settings.leaderElection().enabled()) {
        access.start();
      }
      operator.start();
      waitsFor = null;
      LOG.info(
          "Watching {}",
          namespaces.isAll()
              ? "all namespaces"
              : "namespaces " + String.join(", ", namespaces.names()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Kubernetes starts the container again, with a pause that grows.
      LOG.error("The controller could not start", e);
      Quarkus.asyncExit(1);
    }
  }

  private void awaitKinds() throws InterruptedException {
    for (Class<? extends HasMetadata> kind : KINDS) {
      if (namespaces.isAll()) {
        await(kind, null);
      }
      for (String namespace : namespaces.names()) {
        await(kind, namespace);
      }
    }
  }

  private void await(Class<? extends HasMetadata> kind, String namespace)
      throws InterruptedException {
    String missing = missing(kind, namespace);
    while (missing != null && !stopping) {
      if (!missing.equals(waitsFor)) {
        LOG.warn("Waiting for {}", missing);
      }
      waitsFor = missing;
      Thread.sleep(PAUSE.toMillis());
      missing = missing(kind, namespace);
    }
  }

  /**
   * @param namespace null for all
   */
  private String missing(Class<? extends HasMetadata> kind, String namespace) {
    ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
    String plural = HasMetadata.getFullResourceName(kind);
    String where = namespace == null ? "" : " in namespace " + namespace;
    try {
      if (namespace == null) {
        client.resources(kind).inAnyNamespace().list(one);
      } else {
        client.resources(kind).inNamespace(namespace).list(one);
      }
      return null;
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case 404 ->
            "the CustomResourceDefinition "
                + plural
                + "; set crds.enabled in the chart, or apply crds/";
        case 401, 403 ->
            RIGHT
                + plural
                + where
                + "; bind the controller's role there (watch.scope in the chart)";
        default -> "the API server: " + (e.getMessage() == null ? e.getCause() : e.getMessage());
      };
    }
  }
}

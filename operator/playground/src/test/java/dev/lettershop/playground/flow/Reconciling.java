package dev.lettershop.playground.flow;

import dev.lettershop.controller.ControlPlane;
import dev.lettershop.controller.ControllerSettings;
import dev.lettershop.controller.campaign.CampaignReconciler;
import dev.lettershop.controller.campaignrun.CampaignRunReconciler;
import dev.lettershop.controller.cluster.TolerantReader;
import dev.lettershop.controller.collector.CollectorReconciler;
import dev.lettershop.controller.model.ModelReconciler;
import dev.lettershop.controller.reconcile.Failures;
import dev.lettershop.controller.segment.SegmentReconciler;
import dev.lettershop.controller.source.ProfileSourceReconciler;
import dev.lettershop.controller.store.ProfileStoreReconciler;
import dev.lettershop.controller.template.EmailTemplateReconciler;
import dev.lettershop.controller.transport.MailTransportReconciler;
import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;

/** The control plane at work in this JVM, on all namespaces, until it is closed. */
final class Reconciling implements AutoCloseable {
  /** What it calls itself in its requests. */
  static final String AGENT = "the-control-plane";

  static final String IMAGE = "lettershop-worker:test";

  static final String COLLECTOR_IMAGE = "lettershop-collector:test";

  /** Longer than anything that exists waits its turn. */
  private static final Duration NEVER = Duration.ofSeconds(5);

  private static final Duration QUIET = Duration.ofMillis(250);

  private final InMemoryApiServer server;
  private final KubernetesClient client;
  private final ControlPlane plane;
  private final Operator operator;
  private final Counts counts = new Counts();

  private Reconciling(
      InMemoryApiServer server, Duration grace, Clock clock, boolean rateLimited, String image) {
    this.server = server;
    client = server.newClient(AGENT, TolerantReader.serialization());
    plane = new ControlPlane(client, new Settings(grace, image), clock);
    operator =
        new Operator(
            sdk ->
                sdk.withKubernetesClient(client)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withConcurrentReconciliationThreads(8)
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(2))
                    .withCloseClientOnStop(false)
                    .withMetrics(counts));
    reconcilers()
        .forEach(
            reconciler -> operator.register(reconciler, config -> configure(config, rateLimited)));
  }

  private static void configure(ControllerConfigurationOverrider<?> config, boolean rateLimited) {
    config.watchingAllNamespaces();
    if (!rateLimited) {
      config.withRateLimiter(LinearRateLimiter.deactivatedRateLimiter());
    }
  }

  /** Starts with the wall clock. */
  static Reconciling start(InMemoryApiServer server, Duration grace) {
    return start(server, grace, Clock.systemUTC());
  }

  /**
   * Starts, and comes back when the reconcilers are at work. No resource waits for its turn.
   *
   * @param grace how long a reference may lead nowhere before that counts as a mistake
   */
  static Reconciling start(InMemoryApiServer server, Duration grace, Clock clock) {
    return started(new Reconciling(server, grace, clock, false, IMAGE));
  }

  /** Starts with the limits of the application: a busy resource is reconciled less often. */
  static Reconciling asShipped(InMemoryApiServer server, Duration grace) {
    return started(new Reconciling(server, grace, Clock.systemUTC(), true, IMAGE));
  }

  /** Starts one of another release, which has another image of workers. */
  static Reconciling ofRelease(InMemoryApiServer server, Duration grace, String image) {
    return started(new Reconciling(server, grace, Clock.systemUTC(), true, image));
  }

  private static Reconciling started(Reconciling started) {
    try {
      started.plane.cache().start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the caches fill", e);
    }
    started.plane.access().start();
    started.operator.start();
    return started;
  }

  private List<Reconciler<? extends HasMetadata>> reconcilers() {
    return List.of(
        new ProfileStoreReconciler(
            plane.tools(), plane.cronWork(), plane.retentionWorkload(), plane.obstacles()),
        new ProfileSourceReconciler(
            plane.tools(), plane.cronWork(), plane.sourceWorkload(), plane.obstacles()),
        new SegmentReconciler(
            plane.tools(), plane.cronWork(), plane.segmentWorkload(), plane.obstacles()),
        new EmailTemplateReconciler(plane.tools()),
        new ModelReconciler(
            plane.tools(), plane.cronWork(), plane.modelWorkload(), plane.obstacles()),
        new MailTransportReconciler(
            plane.tools(), plane.cronWork(), plane.bouncesWorkload(), plane.obstacles()),
        new CampaignReconciler(
            plane.tools(),
            plane.cronWork(),
            plane.campaignWorkload(),
            plane.campaignRuns(),
            plane.triggerDeployments()),
        new CampaignRunReconciler(plane.tools(), plane.runJobs(), plane.obstacles()),
        new CollectorReconciler(
            plane.tools(), plane.collectorWorkload(), plane.collectorObjects(), plane.obstacles()));
  }

  /** How often a resource of a kind could not be reconciled for a reason. */
  long failures(Class<? extends HasMetadata> kind, String reason) {
    return plane
        .tools()
        .failures()
        .counts()
        .getOrDefault(new Failures.Kind(kind.getSimpleName(), reason), 0L);
  }

  /** How often each resource of a namespace has been reconciled, by {@code Kind/name}. */
  Map<String, Long> reconciliations(String namespace) {
    Map<String, Long> found = new TreeMap<>();
    String prefix = namespace + "/";
    counts.started.forEach(
        (key, count) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), count.sum());
          }
        });
    return found;
  }

  /**
   * Waits until nothing is being reconciled or waits its turn, and nothing of a namespace has been
   * reconciled or was written to the server for a while: for longer on a machine that is so busy
   * that this itself comes late.
   */
  void awaitQuiet(String namespace) {
    Lull lull = new Lull(QUIET);
    Awaitility.await("quiet in " + namespace)
        .atMost(Duration.ofSeconds(120))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(25))
        .until(
            () ->
                lull.lasts(
                    List.of(reconciliations(namespace), server.requests().mark()),
                    counts.running.isEmpty() && !counts.anyWaits()));
  }

  /** What has been reconciled since, by {@code Kind/name}. */
  Set<String> wokenSince(Map<String, Long> before, String namespace) {
    Set<String> woken = new TreeSet<>();
    reconciliations(namespace)
        .forEach(
            (key, count) -> {
              if (!count.equals(before.get(key))) {
                woken.add(key);
              }
            });
    return woken;
  }

  @Override
  public void close() {
    operator.stop();
    plane.access().close();
    plane.cache().close();
    client.close();
  }

  private static final class Counts implements Metrics {
    private final Map<String, LongAdder> started = new ConcurrentHashMap<>();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** Since when what was woken waits, because its limit is used up or all threads are busy. */
    private final Map<List<Object>, Instant> waiting = new ConcurrentHashMap<>();

    @Override
    public void eventReceived(Event event, Map<String, Object> metadata) {
      waiting.put(key(event.getRelatedCustomResourceID(), metadata), Instant.now());
    }

    @Override
    public void cleanupDone(ResourceID id, Map<String, Object> metadata) {
      waiting.remove(key(id, metadata));
    }

    /** What was woken and does not exist is never reconciled, and not waited for. */
    boolean anyWaits() {
      Instant bound = Instant.now().minus(NEVER);
      return waiting.values().stream().anyMatch(bound::isBefore);
    }

    private static List<Object> key(ResourceID id, Map<String, Object> metadata) {
      return List.of(metadata.get(Constants.RESOURCE_GVK_KEY), id);
    }

    @Override
    public void reconciliationStarted(HasMetadata resource, Map<String, Object> metadata) {
      String key =
          resource.getMetadata().getNamespace()
              + "/"
              + resource.getKind()
              + "/"
              + resource.getMetadata().getName();
      started.computeIfAbsent(key, any -> new LongAdder()).increment();
      running.add(Thread.currentThread());
      waiting.remove(key(ResourceID.fromResource(resource), metadata));
    }

    @Override
    public void reconciliationFinished(
        HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
      running.remove(Thread.currentThread());
    }
  }

  private record Settings(Duration referenceGrace, String image) implements ControllerSettings {
    @Override
    public Worker worker() {
      return new Worker() {
        @Override
        public String image() {
          return image;
        }

        @Override
        public String imagePullPolicy() {
          return "IfNotPresent";
        }

        @Override
        public Optional<List<String>> imagePullSecrets() {
          return Optional.empty();
        }
      };
    }

    @Override
    public Collector collector() {
      return new Collector() {
        @Override
        public String image() {
          return COLLECTOR_IMAGE;
        }

        @Override
        public List<Integer> apiServerPorts() {
          return List.of(443, 6443);
        }
      };
    }

    @Override
    public Optional<String> watchNamespaces() {
      return Optional.of("*");
    }

    @Override
    public LeaderElection leaderElection() {
      return new LeaderElection() {
        @Override
        public boolean enabled() {
          return false;
        }

        @Override
        public String lease() {
          return "none";
        }
      };
    }
  }
}

package dev.lettershop.playground.local;

import dev.lettershop.cli.output.Json;
import dev.lettershop.kubesim.Cluster;
import dev.lettershop.kubesim.kubelet.LocalPorts;
import dev.lettershop.playground.api.ApiClient;
import dev.lettershop.playground.controller.ControllerProcess;
import dev.lettershop.playground.database.EmbeddedDatabase;
import dev.lettershop.playground.embedded.ProjectServers;
import dev.lettershop.playground.inbox.DirectorySink;
import dev.lettershop.playground.inbox.SmtpInbox;
import dev.lettershop.playground.lifeline.Lifeline;
import dev.lettershop.playground.links.LinksFront;
import dev.lettershop.playground.sample.Servers;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;

/**
 * A cluster on a laptop, running: API server with its controllers and Pods, PostgreSQL, an SMTP
 * inbox, and the packaged controller as a process. Ends with the process, in whatever way that is
 * told to stop.
 */
public final class Playground implements AutoCloseable {
  private static final Duration TO_START = Duration.ofMinutes(5);
  private static final int REMOVAL_ATTEMPTS = 30;
  private static final long REMOVAL_PAUSE_MILLIS = 100;

  /** What is running, the last started first. */
  private final Deque<AutoCloseable> running = new ArrayDeque<>();

  private final Place place;
  private volatile boolean ending;
  private final Thread hook = new Thread(this::stop, "end-of-playground");
  private final ProjectServers kept;
  private EmbeddedDatabase database;
  private LongSupplier arrived;
  private Lifeline lifeline;
  private Servers servers;
  private Cluster cluster;
  private ControllerProcess controller;
  private ApiClient client;
  private LinksFront links;

  private Playground(Place place, ProjectServers kept) {
    this.place = place;
    this.kept = kept;
  }

  /**
   * Starts everything and waits until it is ready.
   *
   * @throws IOException when a part does not start; those that did have ended again
   */
  public static Playground start(Place place) throws IOException, InterruptedException {
    return start(place, null);
  }

  /**
   * The same with a database and an inbox that are there already.
   *
   * @param kept ends with the playground; null for servers that forget
   */
  public static Playground start(Place place, ProjectServers kept)
      throws IOException, InterruptedException {
    Playground playground = new Playground(place, kept);
    Runtime.getRuntime().addShutdownHook(playground.hook);
    try {
      playground.start();
      return playground;
    } catch (IOException | InterruptedException | RuntimeException e) {
      playground.close();
      throw e;
    }
  }

  /** The slow ones, PostgreSQL and the controller, start beside each other. */
  private void start() throws IOException, InterruptedException {
    lifeline = keep(Lifeline.start());
    FutureTask<EmbeddedDatabase> starting =
        inBackground("start-postgresql", kept == null ? passing() : keep(kept)::database);
    cluster = keep(cluster());
    cluster.server().kubeconfig(place.kubeconfig());
    controller =
        keep(
            ControllerProcess.start(
                place.controller(),
                place.kubeconfig(),
                place.controllerLog(),
                Map.of(
                    "LETTERSHOP_WORKER_IMAGE",
                    WorkerCommand.IMAGE,
                    "LETTERSHOP_COLLECTOR_IMAGE",
                    WorkerCommand.COLLECTOR_IMAGE)));
    lifeline.watch(controller.handle());
    links = place.collector() == null ? null : keep(LinksFront.start(this::collectorPort));
    client = keep(ApiClient.of(cluster.server().url()));
    database = result(starting);
    database.process().ifPresent(lifeline::watch);
    if (kept == null) {
      DirectorySink mails = new DirectorySink(place.mails());
      SmtpInbox inbox = keep(SmtpInbox.start(mails));
      arrived = mails::messages;
      servers = servers(inbox);
    } else {
      arrived = kept::arrived;
      servers = kept.servers();
    }
    controller.awaitReady(TO_START);
    Json.write(place.facts(), facts());
  }

  private Callable<EmbeddedDatabase> passing() throws IOException {
    Path data = Files.createTempDirectory("lettershop-playground-");
    keep(() -> removeLeftOvers(data));
    lifeline.remove(data);
    return () -> keep(EmbeddedDatabase.start(data));
  }

  /**
   * What a PostgreSQL leaves that was told to end before it had begun. One that is ending at this
   * moment removes its files, too, so this may need several tries.
   */
  private static void removeLeftOvers(Path data) throws InterruptedException {
    for (int attempt = 0; attempt < REMOVAL_ATTEMPTS && Files.exists(data); attempt++) {
      try {
        ClaimedFolder.deleteRecursively(data);
      } catch (IOException e) {
        Thread.sleep(REMOVAL_PAUSE_MILLIS);
      }
    }
  }

  private Cluster cluster() throws IOException {
    Cluster.Builder builder =
        Cluster.builder()
            .port(place.port())
            .clock(place.clock())
            .processes(lifeline::watch)
            .pods(WorkerCommand.line(), place.pods());
    place.claims().forEach(builder::claim);
    if (place.collector() != null) {
      builder.serving("collector", WorkerCommand.collector(place.collector()));
    }
    try {
      return builder.start();
    } catch (IllegalStateException e) {
      throw new IOException("the API server does not start: " + e.getMessage(), e);
    }
  }

  /** Where a Pod that is ready answers what the public sends. */
  private OptionalInt collectorPort() {
    return cluster.client().pods().inAnyNamespace().list().getItems().stream()
        .filter(Readiness::isPodReady)
        .map(pod -> pod.getMetadata().getAnnotations())
        .filter(Objects::nonNull)
        .map(annotations -> annotations.get(LocalPorts.ANNOTATION + "http"))
        .filter(Objects::nonNull)
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  private static <T> FutureTask<T> inBackground(String name, Callable<T> start) {
    FutureTask<T> task = new FutureTask<>(start);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static <T> T result(FutureTask<T> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("PostgreSQL does not start: " + e.getCause().getMessage(), e);
    }
  }

  private synchronized <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  private Facts facts() {
    return new Facts(
        ProcessHandle.current().pid(),
        cluster.server().url(),
        place.kubeconfig().toString(),
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(
                database.username(),
                database.password(),
                database.host(),
                database.port(),
                database.database()),
        servers.smtpHost() + ":" + servers.smtpPort(),
        place.mails().toString(),
        controller.address().map(URI::toString).orElse(null),
        controller.log().toString(),
        links == null ? null : links.url());
  }

  /** Where links of mails are answered on this machine; empty when nobody is to. */
  public Optional<LinksFront> links() {
    return Optional.ofNullable(links);
  }

  /** Of the API server; ends with the playground. */
  public ApiClient client() {
    return client;
  }

  public Path kubeconfig() {
    return place.kubeconfig();
  }

  public String apiServer() {
    return cluster.server().url();
  }

  public EmbeddedDatabase database() {
    return database;
  }

  /** How many mails have arrived. */
  public long mailsArrived() {
    return arrived.getAsLong();
  }

  public ControllerProcess controller() {
    return controller;
  }

  /** What resources have to name to reach this playground's servers. */
  public Servers servers() {
    return servers;
  }

  private Servers servers(SmtpInbox inbox) {
    return new Servers(
        database.host(),
        database.port(),
        database.database(),
        database.username(),
        database.password(),
        inbox.host(),
        inbox.port());
  }

  /** Whether nothing has ended that should not have. */
  public boolean isHealthy() {
    return ending || controller.isAlive();
  }

  /** Ends everything, the last started first. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The hook is running and does what is left to do.
    }
    stop();
  }

  private void stop() {
    ending = true;
    stopAll();
  }

  private synchronized void stopAll() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        System.getLogger(Playground.class.getName())
            .log(System.Logger.Level.WARNING, "A part of the playground did not end in order", e);
      }
    }
  }
}

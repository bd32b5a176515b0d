package dev.lettershop.kubesim.kubelet;

import dev.lettershop.kubesim.controllers.queue.EventRecorder;
import dev.lettershop.kubesim.controllers.queue.Wake;
import dev.lettershop.kubesim.controllers.queue.WorkQueue;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs Pods as processes: those that are pending and whose only container is called {@code worker},
 * or is one that serves. The command does not depend on the image; arguments, environment and
 * volumes are those of the Pod. Never binds a Pod to a node.
 */
public final class PodRunner implements AutoCloseable {
  private static final String CONTAINER = "worker";
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";
  private static final String JOB_UID = "batch.kubernetes.io/controller-uid";
  private static final Duration SHORT_WAIT = Duration.ofMillis(250);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration LAST_GRACE = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final PodRunnerOptions options;
  private final Consumer<ProcessHandle> started;
  private final Clock clock;
  private final EventRecorder events;
  private final PodVolumes volumes;
  private final WorkQueue<Key> queue;
  private final Map<Key, Running> running = new ConcurrentHashMap<>();
  private final Map<Key, String> reported = new ConcurrentHashMap<>();
  private final List<SharedIndexInformer<Pod>> informers = new ArrayList<>();

  private record Key(String namespace, String name) {}

  /** A Pod that has a process. */
  private record Running(Pod pod, PodProcess process, Path folder, LocalPorts ports) {}

  /**
   * Starts at once.
   *
   * @param client for the API server whose Pods are run
   */
  public PodRunner(KubernetesClient client, PodRunnerOptions options, Clock clock) {
    this(client, options, clock, process -> {});
  }

  /**
   * The same, for somebody who wants to know the processes.
   *
   * @param started told of each process once it runs
   */
  public PodRunner(
      KubernetesClient client,
      PodRunnerOptions options,
      Clock clock,
      Consumer<ProcessHandle> started) {
    this.started = started;
    this.client = client;
    this.options = options;
    this.clock = clock;
    this.events = new EventRecorder(client, "kubelet", clock);
    this.volumes = new PodVolumes(client, options.claims());
    this.queue = new WorkQueue<>("pod-runner", 2, this::sync);
    PodFiles.folder(options.folder());
    Wake<Pod> wake = Wake.on(pod -> queue.add(key(pod)));
    if (options.namespaces().isEmpty()) {
      informers.add(client.pods().inAnyNamespace().inform(wake));
    }
    for (String namespace : options.namespaces()) {
      informers.add(client.pods().inNamespace(namespace).inform(wake));
    }
  }

  /** What the Pod has written so far; empty when it never began. */
  public Optional<String> logs(String namespace, String pod) {
    Path log = log(new Key(namespace, pod));
    try {
      return Files.exists(log) ? Optional.of(Files.readString(log)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void sync(Key key) {
    Pod pod = client.pods().inNamespace(key.namespace()).withName(key.name()).get();
    Running own = running.get(key);
    if (own != null) {
      boolean same =
          pod != null && own.pod().getMetadata().getUid().equals(pod.getMetadata().getUid());
      if (own.process().finished() != null) {
        finish(key, own, same ? pod : null);
      } else if (!same || pod.isMarkedForDeletion()) {
        own.process().stop(grace(same ? pod : own.pod()));
      } else if (own.ports() != null) {
        look(key, own, pod);
      } else if ("Pending".equals(pod.getStatus().getPhase())) {
        write(pod, PodStatuses.running(pod, own.process().started()));
      }
    } else if (pod == null) {
      reported.remove(key);
    } else if (isOurs(pod)) {
      if (pod.isMarkedForDeletion()) {
        write(pod, PodStatuses.neverBegan(pod));
      } else if (running.values().stream().anyMatch(other -> isReplacedBy(other.pod(), pod))) {
        queue.addAfter(key, SHORT_WAIT);
      } else {
        begin(key, pod);
      }
    }
  }

  /**
   * Whether one Pod is to do again what the other does. A real API server forgets Pods that no node
   * has at once, and their Job replaces them while their processes still end: what a cluster does
   * with {@code podReplacementPolicy: Failed} is to wait for that.
   */
  private static boolean isReplacedBy(Pod old, Pod pod) {
    Map<String, String> before =
        Objects.requireNonNullElse(old.getMetadata().getLabels(), Map.of());
    Map<String, String> now = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
    return now.containsKey(INDEX)
        && now.get(INDEX).equals(before.get(INDEX))
        && Objects.equals(now.get(JOB_UID), before.get(JOB_UID));
  }

  private boolean isOurs(Pod pod) {
    List<Container> containers = pod.getSpec().getContainers();
    return containers.size() == 1
        && (containers.get(0).getName().equals(CONTAINER)
            || options.serving().containsKey(containers.get(0).getName()))
        && pod.getStatus() != null
        && "Pending".equals(pod.getStatus().getPhase());
  }

  private void begin(Key key, Pod pod) {
    Container container = pod.getSpec().getContainers().get(0);
    Path folder = options.folder().resolve(pod.getMetadata().getUid());
    try {
      if (options.unknownImages().contains(container.getImage())) {
        throw PodProblem.image(container.getImage());
      }
      PodFiles.folder(folder);
      LocalPaths mounts = volumes.make(pod, container, folder);
      VolumeSources sources = new VolumeSources(client, key.namespace());
      Map<String, String> own = PodEnvironment.of(pod, container, sources);
      start(key, pod, container, folder, mounts, own);
    } catch (PodProblem problem) {
      report(key, pod, container, problem);
      queue.addAfter(key, options.retry());
    }
  }

  private void start(
      Key key,
      Pod pod,
      Container container,
      Path folder,
      LocalPaths mounts,
      Map<String, String> own) {
    Path terminationLog = folder.resolve("termination-log");
    Map<String, Path> places = new HashMap<>(mounts.places());
    places.put(
        Objects.requireNonNullElse(container.getTerminationMessagePath(), "/dev/termination-log"),
        terminationLog);
    LocalPaths paths = new LocalPaths(places);
    ServerProcess serving = options.serving().get(container.getName());
    LocalPorts ports = serving == null ? null : LocalPorts.of(container);
    List<String> command = new ArrayList<>(serving == null ? options.command() : serving.command());
    container.getArgs().forEach(argument -> command.add(paths.in(argument)));
    PodFiles.folder(log(key).getParent());
    PodFiles.write(folder, Map.of("termination-log", new byte[0]));
    PodProcess process =
        PodProcess.start(
            command,
            environment(folder, paths, own, serving, ports),
            folder,
            log(key),
            terminationLog,
            clock,
            () -> queue.add(key));
    started.accept(process.handle());
    running.put(key, new Running(pod, process, folder, ports));
    reported.remove(key);
    if (ports == null) {
      write(pod, PodStatuses.running(pod, process.started()));
    } else {
      tell(pod, ports);
      queue.add(key);
    }
  }

  /** Looks whether a Pod that serves is ready. */
  private void look(Key key, Running own, Pod pod) {
    boolean ready = own.ports().isReady(own.pod().getSpec().getContainers().get(0));
    write(pod, PodStatuses.running(pod, own.process().started(), ready));
    queue.addAfter(key, ready ? LOOK : SHORT_WAIT);
  }

  private void tell(Pod pod, LocalPorts ports) {
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .edit(
            current -> {
              Map<String, String> annotations =
                  new HashMap<>(
                      Objects.requireNonNullElse(current.getMetadata().getAnnotations(), Map.of()));
              annotations.putAll(ports.annotations());
              current.getMetadata().setAnnotations(annotations);
              return current;
            });
  }

  private Map<String, String> environment(
      Path folder,
      LocalPaths paths,
      Map<String, String> own,
      ServerProcess serving,
      LocalPorts ports) {
    Map<String, String> environment = new HashMap<>();
    for (String name : List.of("PATH", "JAVA_HOME", "LANG", "LC_ALL", "TZ")) {
      if (System.getenv(name) != null) {
        environment.put(name, System.getenv(name));
      }
    }
    environment.put("HOME", folder.toString());
    environment.putAll(options.environment());
    own.forEach((name, value) -> environment.put(name, paths.in(value)));
    if (serving != null) {
      environment.putAll(serving.environment());
      environment.putAll(ports.environment(serving.portVariables()));
    }
    environment.put("LETTERSHOP_API_SERVER", options.apiServer());
    Path account =
        paths
            .places()
            .getOrDefault(ServiceAccountFiles.PLACE, folder.resolve("no-service-account"));
    environment.put("LETTERSHOP_SERVICE_ACCOUNT", account.toString());
    return environment;
  }

  private void finish(Key key, Running own, Pod pod) {
    if (pod != null) {
      PodProcess process = own.process();
      write(
          pod,
          PodStatuses.ended(
              pod, process.exitCode(), process.message(), process.started(), process.finished()));
    }
    running.remove(key);
    PodFiles.remove(own.folder());
    // A Pod of the same name may have come meanwhile.
    queue.add(key);
  }

  /** Says what is wrong: in the status, and once in an event. */
  private void report(Key key, Pod pod, Container container, PodProblem problem) {
    String message = problem.getMessage();
    String image = container.getImage();
    boolean known = message.equals(reported.put(key, message));
    Instant now = clock.instant();
    PodStatus status =
        switch (problem.kind()) {
          case Scheduling -> PodStatuses.unschedulable(pod, message, now);
          case Mount -> PodStatuses.waiting(pod, "ContainerCreating", null, now);
          case Config -> PodStatuses.waiting(pod, "CreateContainerConfigError", message, now);
          case Image ->
              known
                  ? PodStatuses.waiting(
                      pod, "ImagePullBackOff", "Back-off pulling image \"" + image + "\"", now)
                  : PodStatuses.waiting(pod, "ErrImagePull", message, now);
        };
    write(pod, status);
    if (!known) {
      switch (problem.kind()) {
        case Scheduling -> events.warning(pod, "FailedScheduling", message);
        case Mount -> events.warning(pod, "FailedMount", message);
        case Config -> events.warning(pod, "Failed", "Error: " + message);
        case Image ->
            events.warning(pod, "Failed", "Failed to pull image \"" + image + "\": " + message);
      }
    }
  }

  private void write(Pod pod, PodStatus status) {
    if (status.equals(pod.getStatus())) {
      return;
    }
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .editStatus(
              current -> {
                current.setStatus(status);
                return current;
              });
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static Duration grace(Pod pod) {
    Long seconds =
        pod.isMarkedForDeletion() && pod.getMetadata().getDeletionGracePeriodSeconds() > 0
            ? pod.getMetadata().getDeletionGracePeriodSeconds()
            : pod.getSpec().getTerminationGracePeriodSeconds();
    return Duration.ofSeconds(seconds == null ? 30 : seconds);
  }

  private Path log(Key key) {
    return options.folder().resolve("logs").resolve(key.namespace()).resolve(key.name() + ".log");
  }

  private static Key key(Pod pod) {
    return new Key(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
  }

  /** Ends all processes, politely first. */
  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
    queue.close();
    running.values().forEach(own -> own.process().stop(LAST_GRACE));
    for (Running own : running.values()) {
      try {
        if (!own.process().await(LAST_GRACE)) {
          own.process().kill();
        }
      } catch (InterruptedException e) {
        own.process().kill();
        Thread.currentThread().interrupt();
      }
      PodFiles.remove(own.folder());
    }
  }
}

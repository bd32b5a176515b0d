package dev.lettershop.kubesim;

import dev.lettershop.kubesim.apiserver.InMemoryApiServer;
import dev.lettershop.kubesim.controllers.CronJobController;
import dev.lettershop.kubesim.controllers.DeploymentController;
import dev.lettershop.kubesim.controllers.JobController;
import dev.lettershop.kubesim.kubelet.PodRunner;
import dev.lettershop.kubesim.kubelet.PodRunnerOptions;
import dev.lettershop.kubesim.kubelet.ServerProcess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A running cluster: API server, controllers, and what runs Pods. Gone when it is closed. */
public final class Cluster implements AutoCloseable {
  private final InMemoryApiServer server;
  private final JobController jobs;
  private final CronJobController cronJobs;
  private final DeploymentController deployments;
  private final PodRunner pods;

  private Cluster(Builder builder) {
    this.server = InMemoryApiServer.start(builder.port, builder.clock);
    for (String namespace : builder.namespaces) {
      server
          .client()
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
    }
    KubernetesClient client = server.client();
    this.jobs = new JobController(client, builder.clock, builder.jobBackOff, builder.random);
    this.cronJobs = new CronJobController(client, builder.clock);
    this.deployments =
        builder.serving.isEmpty()
            ? null
            : new DeploymentController(client, builder.clock, builder.random);
    if (builder.command.isEmpty()) {
      this.pods = null;
    } else {
      PodRunnerOptions options =
          PodRunnerOptions.of(builder.command, builder.folder, server.url())
              .withClaims(builder.claims)
              .withEnvironment(builder.environment)
              .withUnknownImages(builder.unknownImages)
              .withServing(builder.serving);
      this.pods = new PodRunner(client, options, builder.clock, builder.processes);
      server.logs(pods::logs);
    }
  }

  /** The beginnings of a cluster without anything that runs Pods. */
  public static Builder builder() {
    return new Builder();
  }

  /** The API server. */
  public InMemoryApiServer server() {
    return server;
  }

  /** A client for the namespace {@code default}. */
  public KubernetesClient client() {
    return server.client();
  }

  /** Looks at all schedules now: for clocks that do not go by themselves. */
  public void tick() {
    cronJobs.tick();
  }

  /** Ends processes first, the API server last. */
  @Override
  public void close() {
    cronJobs.close();
    if (deployments != null) {
      deployments.close();
    }
    jobs.close();
    if (pods != null) {
      pods.close();
    }
    server.close();
  }

  /** Says what the cluster is to be like. */
  public static final class Builder {
    private int port;
    private Clock clock = Clock.systemUTC();
    private Duration jobBackOff = JobController.BACK_OFF;
    private RandomGenerator random = RandomGenerator.getDefault();
    private List<String> command = List.of();
    private Path folder;
    private Consumer<ProcessHandle> processes = process -> {};
    private Set<String> namespaces = Set.of();
    private Set<String> unknownImages = Set.of();
    private final Map<String, ServerProcess> serving = new HashMap<>();
    private final Map<String, Path> claims = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private Builder() {}

    /** The port of the API server; a free one by default. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** What tells controllers the time; the wall clock by default. */
    public Builder clock(Clock what) {
      clock = what;
      return this;
    }

    /** How long a Job waits after the first failure of a Pod; 10 s by default, as in Kubernetes. */
    public Builder jobBackOff(Duration first) {
      jobBackOff = first;
      return this;
    }

    /** Where names of Pods come from. */
    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    /** Namespaces that are there from the beginning, besides {@code default}. */
    public Builder namespaces(String... names) {
      namespaces = Set.of(names);
      return this;
    }

    /**
     * Runs Pods.
     *
     * @param what is run in place of their image, before the container's arguments
     * @param where their volumes and logs are kept
     */
    public Builder pods(List<String> what, Path where) {
      command = what;
      folder = where;
      return this;
    }

    /**
     * Keeps Deployments, and runs Pods, too, whose only container has this name and serves for
     * good. Without any, nobody looks after Deployments.
     */
    public Builder serving(String container, ServerProcess how) {
      serving.put(container, how);
      return this;
    }

    /** Tells somebody of each process of a Pod once it runs. */
    public Builder processes(Consumer<ProcessHandle> told) {
      processes = told;
      return this;
    }

    /** Lets a folder stand for a PersistentVolumeClaim, in all namespaces. */
    public Builder claim(String name, Path stand) {
      claims.put(name, stand);
      return this;
    }

    /** Gives every Pod a variable. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /**
     * Images that cannot be pulled.
     *
     * @param images looked at each time: may change while the cluster runs
     */
    public Builder unknownImages(Set<String> images) {
      unknownImages = images;
      return this;
    }

    /** Starts it. */
    public Cluster start() {
      return new Cluster(this);
    }
  }
}

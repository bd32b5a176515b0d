package dev.lettershop.bench;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The packaged controller against the API server that {@code KUBECONFIG} names, and a bare client
 * that makes as many writes of the same size against the same server: the most that a controller
 * could reach there. Works in namespaces of its own, which it removes.
 */
final class ApiServerBenchmark implements Benchmark {
  private static final double READY_SECONDS = 30;
  private static final double CHANGE_SECONDS = 5;
  private static final int THREADS = 8;
  private static final long IDLE_MILLIS = 20_000;

  @Override
  public String name() {
    return "api-server";
  }

  @Override
  public String summary() {
    return "1,000 campaigns ready and one template changed, on the API server of KUBECONFIG";
  }

  @Override
  public long defaultSize() {
    return 1_000;
  }

  @Override
  public boolean isPossible() {
    String kubeconfig = System.getenv("KUBECONFIG");
    return kubeconfig != null && Files.isRegularFile(Path.of(kubeconfig));
  }

  @Override
  public List<Figure> run(long size) throws Exception {
    String kubeconfig = System.getenv("KUBECONFIG");
    if (!isPossible()) {
      throw new IllegalStateException("KUBECONFIG must name the kubeconfig file of a cluster");
    }
    Path work = Files.createTempDirectory("lettershop-bench-");
    List<Figure> figures = new ArrayList<>();
    Config config = Config.fromKubeconfig(new File(kubeconfig));
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      applyCrds(client);
      String bare = namespace(client, "lettershop-bench-bare");
      String campaigns = namespace(client, "lettershop-bench");
      try {
        new ManyCampaigns(client, campaigns).create((int) size);
        int users = (int) Math.min(size, ManyCampaigns.USERS_OF_THE_FIRST);
        double bareNew = bareCreate(client, bare, (int) size);
        double bareEdit = bareEdit(client, bare, users);
        controller(client, campaigns, Path.of(kubeconfig), work, size, bareNew, bareEdit, figures);
      } finally {
        client.namespaces().withName(bare).delete();
        client.namespaces().withName(campaigns).delete();
      }
    }
    return figures;
  }

  private static void controller(
      KubernetesClient client,
      String namespace,
      Path kubeconfig,
      Path work,
      long size,
      double bareNew,
      double bareEdit,
      List<Figure> figures)
      throws Exception {
    ManyCampaigns campaigns = new ManyCampaigns(client, namespace);
    int users = (int) Math.min(size, ManyCampaigns.USERS_OF_THE_FIRST);
    try (PackagedController controller =
        PackagedController.start(kubeconfig, namespace, work.resolve("controller.log"))) {
      Waiting.await(600, () -> campaigns.ready() == size);
      double settled = (System.nanoTime() - controller.began()) / 1e9;
      figures.add(Figure.of("start until all ready", settled, "s").against("limit", READY_SECONDS));
      figures.add(
          Figure.of("start until all ready", settled, "s")
              .against("a bare client with as many writes", bareNew));
      Map<String, String> before = quiet(client, namespace);
      Thread.sleep(IDLE_MILLIS);
      Map<String, String> after = versions(client, namespace);
      after.entrySet().removeAll(before.entrySet());
      figures.add(
          Figure.of("objects written to in 20 idle seconds", after.size(), "").against("limit", 0));
      String what = "a template that " + users + " use changed";
      double changed = campaigns.secondsToChangeFirstTemplate(users);
      figures.add(Figure.of(what, changed, "s").against("limit", CHANGE_SECONDS));
      figures.add(
          Figure.of(what, changed, "s").against("a bare client with as many writes", bareEdit));
      figures.add(Figure.of("peak RSS of the controller", controller.peakMib(), "MiB"));
    }
  }

  private static void applyCrds(KubernetesClient client) throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of("crds"))) {
      files = found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    for (Path file : files) {
      client.load(Files.newInputStream(file)).forceConflicts().serverSideApply();
    }
    for (Path file : files) {
      String name = file.getFileName().toString().replaceFirst("[.]yaml$", "");
      Waiting.await(
          60,
          () ->
              client
                  .apiextensions()
                  .v1()
                  .customResourceDefinitions()
                  .withName(name)
                  .get()
                  .getStatus()
                  .getConditions()
                  .stream()
                  .anyMatch(
                      c -> c.getType().equals("Established") && c.getStatus().equals("True")));
    }
  }

  private static String namespace(KubernetesClient client, String name)
      throws InterruptedException {
    client.namespaces().withName(name).delete();
    Waiting.await(300, () -> client.namespaces().withName(name).get() == null);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /** For each campaign what the controller writes: a ConfigMap, a CronJob, and a change. */
  private static double bareCreate(KubernetesClient client, String namespace, int campaigns)
      throws Exception {
    return inParallel(
        campaigns,
        i -> {
          client.resource(plan(namespace, "plan-" + i)).create();
          CronJob made = client.resource(cronJob(namespace, i)).create();
          made.getMetadata().setLabels(Map.of("written", "again"));
          client.resource(made).update();
        });
  }

  private static double bareEdit(KubernetesClient client, String namespace, int campaigns)
      throws Exception {
    return inParallel(
        campaigns,
        i -> {
          client.resource(plan(namespace, "edited-" + i)).create();
          for (int times = 0; times < 2; times++) {
            CronJob present =
                client
                    .batch()
                    .v1()
                    .cronjobs()
                    .inNamespace(namespace)
                    .withName("campaign-" + i)
                    .get();
            present.getMetadata().setLabels(Map.of("edited", "" + times));
            client.resource(present).update();
          }
        });
  }

  private interface Step {
    void run(int number);
  }

  private static double inParallel(int steps, Step step) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      long began = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        int number = i;
        all.add(threads.submit(() -> step.run(number)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return (System.nanoTime() - began) / 1e9;
    } finally {
      threads.shutdownNow();
    }
  }

  /** As large as the plan of such a campaign. */
  private static ConfigMap plan(String namespace, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .withImmutable(true)
        .addToData("plan", "x".repeat(6_000))
        .build();
  }

  private static CronJob cronJob(String namespace, int number) {
    return Serialization.unmarshal(
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: campaign-%d, namespace: %s}
        spec:
          schedule: "0 9 * * MON"
          timeZone: Europe/Berlin
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              completionMode: Indexed
              completions: 1
              parallelism: 1
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: worker, image: "lettershop-worker:bench"}]
        """
            .formatted(number, namespace),
        CronJob.class);
  }

  /** Versions of all there is, when nothing has been written for three seconds. */
  private static Map<String, String> quiet(KubernetesClient client, String namespace)
      throws InterruptedException {
    Map<String, String> before;
    Map<String, String> now = versions(client, namespace);
    do {
      before = now;
      Thread.sleep(3_000);
      now = versions(client, namespace);
    } while (!now.equals(before));
    return now;
  }

  private static Map<String, String> versions(KubernetesClient client, String namespace) {
    Map<String, String> versions = new TreeMap<>();
    Stream.of(
            client.resources(dev.lettershop.api.v1alpha1.campaign.Campaign.class),
            client.batch().v1().cronjobs(),
            client.configMaps(),
            client.v1().events())
        .flatMap(kind -> kind.inNamespace(namespace).list().getItems().stream())
        .map(HasMetadata.class::cast)
        .forEach(
            object ->
                versions.put(
                    object.getKind() + "/" + object.getMetadata().getName(),
                    object.getMetadata().getResourceVersion()));
    return versions;
  }
}

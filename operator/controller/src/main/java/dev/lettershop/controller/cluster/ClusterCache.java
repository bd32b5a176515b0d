package dev.lettershop.controller.cluster;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.controller.workload.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cluster holds of our kinds, and of the kinds that we make as far as they carry our
 * label. Secrets are never read. Thread-safe.
 */
public final class ClusterCache implements AutoCloseable {
  /** How long it may take to see everything there is. */
  private static final int START_SECONDS = 180;

  private final KubernetesClient client;
  private final Namespaces namespaces;

  private final WatchedObjects<ProfileStore> stores;
  private final WatchedObjects<ProfileSource> sources;
  private final WatchedObjects<Segment> segments;
  private final WatchedObjects<Model> models;
  private final WatchedObjects<EmailTemplate> templates;
  private final WatchedObjects<MailTransport> transports;
  private final WatchedObjects<Campaign> campaigns;
  private final WatchedObjects<CampaignRun> runs;
  private final WatchedObjects<Collector> collectors;
  private final WatchedObjects<CronJob> cronJobs;
  private final WatchedObjects<Job> jobs;
  private final WatchedObjects<Pod> pods;
  private final WatchedObjects<ConfigMap> planMaps;
  private final WatchedObjects<ServiceAccount> serviceAccounts;
  private final WatchedObjects<Role> roles;
  private final WatchedObjects<RoleBinding> roleBindings;
  private final WatchedObjects<Deployment> deployments;
  private final WatchedObjects<Service> services;
  private final WatchedObjects<Ingress> ingresses;
  private final WatchedObjects<NetworkPolicy> networkPolicies;
  private final WatchedObjects<PodDisruptionBudget> disruptionBudgets;
  private final WatchedObjects<HorizontalPodAutoscaler> autoscalers;
  private final List<WatchedObjects<?>> all;

  public ClusterCache(KubernetesClient client, Namespaces namespaces) {
    this.client = client;
    this.namespaces = namespaces;
    stores = ours(ProfileStore.class, store -> List.of());
    sources = ours(ProfileSource.class, source -> List.of());
    segments = ours(Segment.class, segment -> List.of());
    models = ours(Model.class, model -> List.of());
    templates = ours(EmailTemplate.class, template -> List.of());
    transports = ours(MailTransport.class, transport -> List.of());
    campaigns = ours(Campaign.class, campaign -> List.of());
    collectors = ours(Collector.class, collector -> List.of());
    runs =
        ours(
            CampaignRun.class,
            run -> run.getSpec() == null ? List.of() : List.of(run.getSpec().campaignRef().name()));
    cronJobs = made(CronJob.class, cronJob -> {}, ClusterCache::owners);
    jobs = made(Job.class, job -> {}, ClusterCache::owners);
    pods =
        made(
            Pod.class,
            pod -> {},
            pod ->
                Stream.concat(
                        labelled(pod, OwnershipLabels.JOB_NAME).stream(),
                        OwnershipLabels.label(pod, OwnershipLabels.JOB_NAME) == null
                            ? owners(pod).stream()
                            : Stream.<String>of())
                    .toList());
    planMaps =
        made(
            ConfigMap.class,
            map -> {
              map.setBinaryData(null);
              map.setData(null);
            },
            ClusterCache::owners);
    serviceAccounts = made(ServiceAccount.class, account -> {}, account -> List.of());
    roles = made(Role.class, role -> {}, role -> List.of());
    roleBindings = made(RoleBinding.class, binding -> {}, binding -> List.of());
    deployments = made(Deployment.class, deployment -> {}, ClusterCache::owners);
    services = made(Service.class, service -> {}, ClusterCache::owners);
    ingresses = made(Ingress.class, ingress -> {}, ClusterCache::owners);
    networkPolicies = made(NetworkPolicy.class, policy -> {}, ClusterCache::owners);
    disruptionBudgets = made(PodDisruptionBudget.class, budget -> {}, ClusterCache::owners);
    autoscalers = made(HorizontalPodAutoscaler.class, scaler -> {}, ClusterCache::owners);
    all =
        List.of(
            stores,
            sources,
            segments,
            models,
            templates,
            transports,
            campaigns,
            runs,
            collectors,
            cronJobs,
            jobs,
            pods,
            planMaps,
            serviceAccounts,
            roles,
            roleBindings,
            deployments,
            services,
            ingresses,
            networkPolicies,
            disruptionBudgets,
            autoscalers);
  }

  /** Key under which the objects made for a resource are found. */
  public static String ownedBy(String label, String name) {
    return label + "=" + name;
  }

  /** The resource that an object was made for: one at most. */
  private static List<String> owners(HasMetadata object) {
    return Stream.of(
            Labels.CAMPAIGN,
            Labels.SOURCE,
            Labels.SEGMENT,
            Labels.MODEL,
            Labels.TRANSPORT,
            Labels.STORE,
            Labels.COLLECTOR)
        .flatMap(label -> labelled(object, label).stream().map(name -> ownedBy(label, name)))
        .toList();
  }

  private static List<String> labelled(HasMetadata object, String label) {
    String value = OwnershipLabels.label(object, label);
    return value == null ? List.of() : List.of(value);
  }

  private <T extends HasMetadata> WatchedObjects<T> ours(
      Class<T> type, Function<T, List<String>> index) {
    return new WatchedObjects<>(type, informers(type, Map.of()), object -> {}, index);
  }

  private <T extends HasMetadata> WatchedObjects<T> made(
      Class<T> type, Consumer<T> strip, Function<T, List<String>> index) {
    return new WatchedObjects<>(type, informers(type, OwnershipLabels.MANAGED), strip, index);
  }

  private <T extends HasMetadata> List<SharedIndexInformer<T>> informers(
      Class<T> type, Map<String, String> labels) {
    List<SharedIndexInformer<T>> informers = new ArrayList<>();
    if (namespaces.isAll()) {
      informers.add(client.resources(type).inAnyNamespace().withLabels(labels).runnableInformer(0));
    } else {
      for (String namespace : namespaces.names()) {
        FilterWatchListDeletable<T, ?, ?> found =
            client.resources(type).inNamespace(namespace).withLabels(labels);
        informers.add(found.runnableInformer(0));
      }
    }
    return informers;
  }

  /**
   * Starts to follow the cluster and waits until everything there is has been seen.
   *
   * @throws IllegalStateException when that takes too long
   */
  public void start() throws InterruptedException {
    List<CompletionStage<Void>> started = new ArrayList<>();
    all.forEach(kind -> started.addAll(kind.start()));
    try {
      CompletableFuture.allOf(
              started.stream()
                  .map(CompletionStage::toCompletableFuture)
                  .toArray(CompletableFuture[]::new))
          .get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "The API server did not tell of "
              + String.join(", ", notSynced())
              + " in time"
              + denied().stream().map(said -> "; " + said).collect(Collectors.joining()),
          e);
    }
  }

  /** Kinds of which not everything has been seen yet. */
  public List<String> notSynced() {
    return all.stream().filter(kind -> !kind.isSynced()).map(WatchedObjects::kind).toList();
  }

  /** Kinds that are no longer followed, though they were. */
  public List<String> stopped() {
    return all.stream()
        .filter(kind -> kind.isSynced() && kind.isStopped())
        .map(WatchedObjects::kind)
        .toList();
  }

  /** What the API server says about kinds that it does not let us follow. */
  public List<String> denied() {
    return all.stream()
        .flatMap(kind -> kind.troubles().stream())
        .filter(WatchTrouble::denied)
        .map(WatchTrouble::message)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    all.forEach(WatchedObjects::stop);
  }

  /**
   * The object as this cache shows it, which may be newer than the one given; empty when this cache
   * is behind: whoever asks is woken when it has caught up.
   */
  public <T extends HasMetadata> Optional<T> current(WatchedObjects<T> kind, T given) {
    return kind.get(given.getMetadata().getNamespace(), given.getMetadata().getName())
        .filter(seen -> seen.getMetadata().getUid().equals(given.getMetadata().getUid()))
        .filter(seen -> generation(seen) >= generation(given));
  }

  private static long generation(HasMetadata object) {
    Long generation = object.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }

  public WatchedObjects<ProfileStore> stores() {
    return stores;
  }

  public WatchedObjects<ProfileSource> sources() {
    return sources;
  }

  public WatchedObjects<Model> models() {
    return models;
  }

  public WatchedObjects<Segment> segments() {
    return segments;
  }

  public WatchedObjects<EmailTemplate> templates() {
    return templates;
  }

  public WatchedObjects<MailTransport> transports() {
    return transports;
  }

  public WatchedObjects<Campaign> campaigns() {
    return campaigns;
  }

  public WatchedObjects<CampaignRun> runs() {
    return runs;
  }

  public WatchedObjects<Collector> collectors() {
    return collectors;
  }

  public WatchedObjects<CronJob> cronJobs() {
    return cronJobs;
  }

  public WatchedObjects<Job> jobs() {
    return jobs;
  }

  public WatchedObjects<Pod> pods() {
    return pods;
  }

  /** Without their data: only their names and owners matter here. */
  public WatchedObjects<ConfigMap> planMaps() {
    return planMaps;
  }

  public WatchedObjects<ServiceAccount> serviceAccounts() {
    return serviceAccounts;
  }

  public WatchedObjects<Role> roles() {
    return roles;
  }

  public WatchedObjects<RoleBinding> roleBindings() {
    return roleBindings;
  }

  public WatchedObjects<Deployment> deployments() {
    return deployments;
  }

  public WatchedObjects<Service> services() {
    return services;
  }

  public WatchedObjects<Ingress> ingresses() {
    return ingresses;
  }

  public WatchedObjects<NetworkPolicy> networkPolicies() {
    return networkPolicies;
  }

  public WatchedObjects<PodDisruptionBudget> disruptionBudgets() {
    return disruptionBudgets;
  }

  public WatchedObjects<HorizontalPodAutoscaler> autoscalers() {
    return autoscalers;
  }
}

package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.collector.Collector;
import dev.lettershop.api.v1alpha1.model.Model;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.controller.workload.CollectorAccess;
import dev.lettershop.controller.workload.WorkerAccess;
import dev.lettershop.kubesim.Cluster;
import dev.lettershop.kubesim.apiserver.RequestInterceptor;
import dev.lettershop.playground.chart.Chart;
import dev.lettershop.playground.chart.Rights;
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
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The role in the chart against what the control plane asks for while everything happens to a
 * campaign that can: it is refused what the role lacks, and what it never asked for is listed.
 */
class RightsTest {
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;

  /**
   * Nobody can grant what they do not hold: these are for lettershop-worker and
   * lettershop-collector.
   */
  private static final Set<String> HANDED_ON =
      Stream.concat(WorkerAccess.of("any").stream(), CollectorAccess.of("any").stream())
          .filter(Role.class::isInstance)
          .flatMap(role -> Rights.of(((Role) role).getRules()).stream())
          .collect(Collectors.toCollection(TreeSet::new));

  /** Rights that are asked for or not, depending on who is faster. */
  private static final Set<String> SOMETIMES =
      Set.of(
          // The CronJob controller clears old Jobs away too.
          "delete jobs.batch",
          // A CronJob that has to wait for its Jobs before it goes.
          "patch cronjobs.batch",
          // A Pod that its Job has not counted yet when it is to go.
          "get namespaces",
          // A Job that was paused by hand in the moment in which it was made.
          "update jobs.batch");

  /** Gateways are not part of this cluster. */
  private static final Pattern OF_GATEWAYS =
      Pattern.compile(".* \\w+\\.gateway\\.networking\\.k8s\\.io");

  private static final Set<String> GRANTED =
      Rights.of(
          Chart.render("watch: {scope: All}")
              .only(ClusterRole.class, "lettershop-controller")
              .getRules());

  private final Set<String> asked = new ConcurrentSkipListSet<>();

  /**
   * What the admission plugin OwnerReferencesPermissionEnforcement wants of whoever makes an object
   * that blocks the deletion of its owner.
   */
  private final Set<String> wantedForOwners = new TreeSet<>();

  private Cluster cluster;
  private Reconciling reconciling;
  private Namespace shop;
  private Workers workers;

  @BeforeEach
  void start() {
    cluster = Cluster.builder().start();
    cluster.server().disturb(new Guard());
    reconciling = Reconciling.start(cluster.server(), Duration.ofSeconds(30));
    shop = Namespace.create(cluster.server());
    workers = new Workers(shop);
  }

  @AfterEach
  void stop() {
    reconciling.close();
    cluster.close();
  }

  @Test
  void theRoleIsWhatTheControlPlaneAsksFor() {
    live();

    assertThat(asked).as("rights that the role lacks").isSubsetOf(GRANTED);
    Set<String> idle = new TreeSet<>(GRANTED);
    idle.removeAll(asked);
    idle.removeAll(SOMETIMES);
    idle.removeIf(right -> OF_GATEWAYS.matcher(right).matches());
    Set<String> unseen = new TreeSet<>(HANDED_ON);
    unseen.addAll(wantedForOwners);
    assertThat(idle).as("rights that nobody asks for").isEqualTo(unseen);
  }

  private void live() {
    aCampaignWithEverythingComesUp();
    aRunIsStuckPausedAndSent();
    aRunIsDeleted();
    jobsOfTheScheduleComeAndAreClearedAway();
    plansAreSuperseded();
    everythingIsPutRight();
    schedulesChangeAndGo();
    aCollectorComesUpChangesAndGoes();
    whatNobodyNeedsGoes();
  }

  private static final String MODEL =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Model
      metadata: {name: orders}
      spec:
        features:
        - {name: orders, value: 'events("order_completed", duration("2160h")).size()'}
        cluster: {groups: [{name: many, like: {orders: High}}, {name: few, like: {orders: Low}}]}
        refresh: {cron: "0 5 1 1 *"}
      """;

  private static final String COLLECTOR =
      """
      apiVersion: lettershop.dev/v1alpha1
      kind: Collector
      metadata: {name: links}
      spec:
        host: mail.shop.example
      """;

  private static final List<Class<? extends HasMetadata>> OF_A_COLLECTOR =
      List.of(
          Deployment.class,
          Service.class,
          NetworkPolicy.class,
          PodDisruptionBudget.class,
          HorizontalPodAutoscaler.class,
          Ingress.class);

  private void aCollectorComesUpChangesAndGoes() {
    String scaled = COLLECTOR + "  autoscaling: {maxReplicas: 5}\n";
    shop.apply(scaled + "  ingress: {className: nginx, tlsSecretName: links-tls}\n");
    awaitMade();
    noteOwners();
    for (Class<? extends HasMetadata> kind : OF_A_COLLECTOR) {
      shop.patch(
          kind, "links-collector", "{\"metadata\":{\"labels\":{\"app.kubernetes.io/name\":null}}}");
      eventually(
          () ->
              assertThat(shop.get(kind, "links-collector").getMetadata().getLabels())
                  .containsKey("app.kubernetes.io/name"));
    }
    shop.apply(COLLECTOR + "  replicas: 1\n");
    for (Class<? extends HasMetadata> kind :
        List.of(Ingress.class, HorizontalPodAutoscaler.class, PodDisruptionBudget.class)) {
      eventually(() -> assertThat(shop.get(kind, "links-collector")).isNull());
    }
    shop.delete(Collector.class, "links");
    eventually(() -> assertThat(shop.get(Deployment.class, "links-collector")).isNull());
  }

  private void awaitMade() {
    for (Class<? extends HasMetadata> kind : OF_A_COLLECTOR) {
      eventually(() -> assertThat(shop.get(kind, "links-collector")).isNotNull());
    }
  }

  private void aCampaignWithEverythingComesUp() {
    shop.apply(Shop.ALL);
    shop.apply(Shop.STORE + "  retention: {events: 400d}\n  events: [{name: order_completed}]\n");
    shop.apply(MODEL);
    shop.apply(Shop.SOURCE.replace("spec:\n", "spec:\n  schedule: {cron: \"0 2 * * *\"}\n"));
    shop.apply(Shop.SEGMENT.replace("spec: {", "spec: {refresh: {cron: \"0 3 * * *\"}, "));
    shop.apply(
        Shop.TRANSPORT
            + """
                bounces:
                  domain: bounces.shop.example
                  mailbox: {host: imap.shop.svc, credentialsSecretRef: {name: bounces-mailbox}}
                  schedule: {cron: "0 4 1 1 *"}
              """);
    shop.awaitReady("news");
    for (String made :
        List.of(
            "news",
            "people-sync",
            "regulars-refresh",
            "default-bounces",
            "default-retention",
            "orders-score")) {
      eventually(() -> assertThat(shop.cronJob(made)).isNotNull());
    }
    noteOwners();
  }

  private void noteOwners() {
    Stream.of(CronJob.class, Job.class, ConfigMap.class, CampaignRun.class, Deployment.class)
        .<HasMetadata>flatMap(kind -> shop.list(kind).stream())
        .flatMap(object -> object.getMetadata().getOwnerReferences().stream())
        .filter(owner -> owner.getApiVersion().startsWith("lettershop.dev/"))
        .filter(owner -> Boolean.TRUE.equals(owner.getBlockOwnerDeletion()))
        .map(owner -> owner.getKind().toLowerCase(Locale.ROOT) + "s")
        .forEach(plural -> wantedForOwners.add("update " + plural + "/finalizers.lettershop.dev"));
  }

  private void aRunIsStuckPausedAndSent() {
    shop.apply(Shop.run("now"));
    eventually(() -> assertThat(asked).contains("list events"));
    workers.stuck("now", 0, "ImagePullBackOff", "no such image");
    shop.awaitCondition(CampaignRun.class, "now", "Succeeded", "Unknown ImagePullBackOff");
    for (int times = 0; times < 2; times++) {
      shop.patch(CampaignRun.class, "now", "{\"spec\":{\"suspend\":true}}");
      eventually(() -> assertThat(shop.job("now").getSpec().getSuspend()).isTrue());
      eventually(() -> assertThat(shop.list(Pod.class)).isEmpty());
      shop.patch(CampaignRun.class, "now", "{\"spec\":{\"suspend\":false}}");
      eventually(() -> assertThat(shop.job("now").getSpec().getSuspend()).isFalse());
    }
    noteOwners();
    workers.send("now", 2, 3);
    shop.awaitCondition(CampaignRun.class, "now", "Succeeded", "True Succeeded");
  }

  private void aRunIsDeleted() {
    shop.apply(Shop.run("later"));
    eventually(() -> assertThat(shop.job("later")).isNotNull());
    shop.delete(CampaignRun.class, "later");
    eventually(() -> assertThat(shop.job("later")).isNull());
  }

  private void jobsOfTheScheduleComeAndAreClearedAway() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"history\":{\"keep\":1}}}");
    for (String job : List.of("one", "two")) {
      Jobs.createFromCronJob(shop, "news", job);
      eventually(() -> assertThat(shop.run(job)).isNotNull());
      workers.send(job, 2, 1);
      awaitSent(job);
    }
    eventually(() -> assertThat(shop.list(CampaignRun.class)).hasSizeLessThanOrEqualTo(2));
    eventually(() -> assertThat(shop.list(Job.class)).hasSizeLessThanOrEqualTo(2));
  }

  /** Of two in the same second either may be taken for the older one, and go. */
  private void awaitSent(String run) {
    eventually(
        () ->
            assertThat(shop.run(run) == null || shop.run(run).getStatus().completionTime() != null)
                .isTrue());
  }

  private void plansAreSuperseded() {
    String first = shop.plans("news").get(0);
    for (int parallelism = 3; parallelism < 6; parallelism++) {
      String greeting = "{\"spec\":{\"subject\":\"Hello %d\"}}".formatted(parallelism);
      List<String> before = shop.plans("news");
      shop.patch(EmailTemplate.class, "hello", greeting);
      eventually(() -> assertThat(shop.plans("news")).isNotEqualTo(before));
    }
    for (String job : List.of("one", "two")) {
      shop.delete(Job.class, job);
      shop.delete(CampaignRun.class, job);
    }
    eventually(() -> assertThat(shop.plans("news")).doesNotContain(first));
  }

  private void everythingIsPutRight() {
    shop.patch(Role.class, "lettershop-worker", "{\"rules\":null}");
    shop.patch(RoleBinding.class, "lettershop-worker", "{\"subjects\":null}");
    shop.patch(
        ServiceAccount.class,
        "lettershop-worker",
        "{\"metadata\":{\"labels\":{\"app.kubernetes.io/part-of\":null}}}");
    eventually(
        () -> {
          assertThat(shop.get(Role.class, "lettershop-worker").getRules()).isNotEmpty();
          assertThat(shop.get(RoleBinding.class, "lettershop-worker").getSubjects()).isNotEmpty();
          assertThat(shop.get(ServiceAccount.class, "lettershop-worker").getMetadata().getLabels())
              .containsKey("app.kubernetes.io/part-of");
        });
  }

  private void schedulesChangeAndGo() {
    shop.patch(Campaign.class, "news", "{\"spec\":{\"suspend\":true}}");
    eventually(() -> assertThat(shop.cronJob("news").getSpec().getSuspend()).isTrue());
    shop.patch(Campaign.class, "news", "{\"spec\":{\"schedule\":null}}");
    eventually(() -> assertThat(shop.cronJob("news")).isNull());
  }

  private void whatNobodyNeedsGoes() {
    shop.delete(Campaign.class, "news");
    shop.delete(CampaignRun.class, "now");
    shop.delete(Model.class, "orders");
    shop.delete(ProfileSource.class, "people");
    shop.delete(Segment.class, "regulars");
    shop.delete(MailTransport.class, "default");
    shop.delete(ProfileStore.class, "default");
    // The last of what is removed.
    eventually(() -> assertThat(shop.get(RoleBinding.class, "lettershop-worker")).isNull());
  }

  /** Notes what is asked for, and refuses what the role does not grant, as an API server would. */
  private final class Guard implements RequestInterceptor {
    private static final Pattern PATH =
        Pattern.compile(
            "/(?:api|apis/(?<group>[^/]+))/v[0-9a-z]+(?:/namespaces/[^/]+)?/"
                + "(?<plural>[a-z]+)(?:/[^/]+(?:/(?<sub>[a-z]+))?)?");

    @Override
    public OptionalInt before(Asked request) {
      if (!request.agent().equals(Reconciling.AGENT)) {
        return OptionalInt.empty();
      }
      String path = request.path().replaceFirst("\\?.*", "");
      Matcher parts = PATH.matcher(path);
      if (!parts.matches()) {
        return OptionalInt.empty(); // discovery, which everybody may ask for
      }
      String right =
          request.verb()
              + " "
              + parts.group("plural")
              + (parts.group("sub") == null ? "" : "/" + parts.group("sub"))
              + (parts.group("group") == null ? "" : "." + parts.group("group"));
      boolean first = asked.add(right);
      if (!GRANTED.contains(right)) {
        return OptionalInt.of(FORBIDDEN);
      }
      // Somebody was faster: what is written is read again.
      return first && right.matches("(create|update) .*")
          ? OptionalInt.of(CONFLICT)
          : OptionalInt.empty();
    }
  }
}

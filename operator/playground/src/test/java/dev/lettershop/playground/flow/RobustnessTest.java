package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.run.CampaignRun;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.kubesim.Cluster;
import dev.lettershop.kubesim.apiserver.RequestInterceptor;
import dev.lettershop.kubesim.apiserver.RequestLog.Write;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around the control plane, and in the worst moment. */
@Tag("slow")
class RobustnessTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** Held, because loggers that nobody holds forget their level. */
  private static final List<Logger> TALKERS =
      Stream.of("io.javaoperatorsdk", "io.fabric8", "dev.lettershop.controller")
          .map(Logger::getLogger)
          .toList();

  private Cluster cluster;
  private Reconciling reconciling;
  private Namespace shop;

  @BeforeAll
  static void expectFailures() {
    TALKERS.forEach(logger -> logger.setLevel(Level.OFF));
  }

  @AfterAll
  static void expectNone() {
    TALKERS.forEach(logger -> logger.setLevel(null));
  }

  @BeforeEach
  void start() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.asShipped(cluster.server(), GRACE);
    shop = Namespace.create(cluster.server());
  }

  @AfterEach
  void stop() {
    cluster.server().disturb(new RequestInterceptor() {});
    reconciling.close();
    cluster.close();
  }

  static Stream<Arguments> edits() {
    return Stream.of(
        arguments(EmailTemplate.class, Shop.PARTIAL, "{\"spec\":{\"subject\":\"Edited\"}}", 50),
        arguments(Segment.class, Shop.SEGMENT, "{\"spec\":{\"expression\":\"true\"}}", 20),
        arguments(Campaign.class, Shop.CAMPAIGN, "{\"spec\":{\"parallelism\":7}}", 20),
        arguments(CampaignRun.class, Shop.run("now"), "{\"spec\":{\"suspend\":true}}", 20));
  }

  /**
   * Somebody edits a spec after the server took the status that was computed from the one before,
   * and before the control plane knows of that. The operator SDK has a filter for events of its own
   * writes that can swallow such edits. What holds is that our own caches wake the reconcilers,
   * too: this fails when {@code Wiring} no longer wakes a resource whose own spec changed. With
   * that gone, neither {@code comparableResourceVersions = false} nor writing statuses past the SDK
   * is enough: then the generation is 2, the one observed 1, and nothing happens any more.
   */
  @ParameterizedTest(name = "{3} times")
  @MethodSource("edits")
  void anEditInTheMomentOfAStatusWriteIsNeverLost(
      Class<? extends HasMetadata> kind, String resource, String edit, int times) {
    AtomicInteger hit = new AtomicInteger();
    shop.apply(Shop.ALL);
    shop.awaitReady("news");
    cluster
        .server()
        .disturb(
            new RequestInterceptor() {
              @Override
              public void after(Asked asked, int code) {
                if (asked.agent().equals(Reconciling.AGENT)
                    && asked.path().matches(".*/edited-[^/]+/status")
                    && code == 200) {
                  String name = asked.path().split("/")[7];
                  if (shop.get(kind, name).getMetadata().getGeneration() == 1) {
                    hit.incrementAndGet();
                    shop.patch(kind, name, edit);
                  }
                }
              }
            });

    for (int i = 0; i < times; i++) {
      shop.apply(Shop.named("edited-" + (char) ('a' + i / 26) + (char) ('a' + i % 26), resource));
    }

    eventually(
        () ->
            assertThat(shop.list(kind))
                .filteredOn(object -> object.getMetadata().getName().startsWith("edited-"))
                .hasSize(times)
                .allSatisfy(
                    object -> {
                      assertThat(object.getMetadata().getGeneration()).isEqualTo(2);
                      assertThat(Statuses.observedGeneration(object)).isEqualTo(2);
                    }));
    assertThat(hit).hasValue(times);
  }

  @Test
  void whatTheServerCannotDoForAWhileIsDoneLater() {
    shop.apply(Shop.ALL);
    shop.awaitReady("news");
    Random random = new Random(1);
    List<Integer> faults = List.of(500, 503, 429, RequestInterceptor.HANG_UP);
    AtomicInteger failed = new AtomicInteger();
    cluster
        .server()
        .disturb(
            new RequestInterceptor() {
              @Override
              public OptionalInt before(Asked asked) {
                synchronized (random) {
                  if (!asked.agent().equals(Reconciling.AGENT) || random.nextInt(4) == 0) {
                    return OptionalInt.empty();
                  }
                  failed.incrementAndGet();
                  return OptionalInt.of(faults.get(random.nextInt(faults.size())));
                }
              }
            });
    for (int i = 0; i < 24; i++) {
      int before = failed.get();
      shop.apply(Shop.named("news-" + (char) ('a' + i % 8), Shop.CAMPAIGN));
      shop.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":" + (1 + i % 9) + "}}");
      if (i % 4 == 0) {
        cluster.server().interruptWatches();
      }
      eventually(() -> assertThat(failed).hasValueGreaterThan(before));
    }
    cluster.server().disturb(new RequestInterceptor() {});

    for (char c = 'a'; c < 'i'; c++) {
      shop.awaitReady("news-" + c);
    }
    shop.awaitReady("news");
    eventually(
        () ->
            assertThat(shop.cronJob("news").getSpec().getJobTemplate().getSpec().getParallelism())
                .isEqualTo(shop.campaign("news").getSpec().parallelism()));
  }

  @Test
  void aServerThatDoesNotAnswerAtAllIsWaitedFor() {
    shop.apply(Shop.SURROUNDINGS);
    AtomicInteger asked = new AtomicInteger();
    cluster
        .server()
        .disturb(
            new RequestInterceptor() {
              @Override
              public OptionalInt before(Asked request) {
                if (!request.agent().equals(Reconciling.AGENT)) {
                  return OptionalInt.empty();
                }
                asked.incrementAndGet();
                return OptionalInt.of(HANG_UP);
              }
            });
    cluster.server().interruptWatches();
    shop.apply(Shop.CAMPAIGN);
    eventually(() -> assertThat(asked).hasValueGreaterThan(50));
    cluster.server().disturb(new RequestInterceptor() {});

    shop.awaitReady("news");
  }

  @Test
  void nothingIsWrittenWhenNothingChanges() {
    shop.apply(Shop.ALL);
    for (int i = 0; i < 20; i++) {
      shop.apply(Shop.CAMPAIGN.replace("{name: news}", "{name: news-" + i + "}"));
    }
    shop.apply(Shop.named("broken", Shop.CAMPAIGN.replace("topic: newsletter", "topic: weather")));
    shop.apply(Shop.named("hourly", Shop.SOURCE) + "  schedule: {cron: \"0 * * * *\"}\n");
    for (int i = 0; i < 20; i++) {
      shop.awaitReady("news-" + i);
    }
    shop.awaitCondition(Campaign.class, "broken", "Ready", "False Invalid");

    Lull silence = new Lull(Duration.ofSeconds(5));
    await("a time in which nothing is written")
        .atMost(Duration.ofSeconds(120))
        .until(() -> silence.lasts(writesByTheControlPlane(0).size(), true));
  }

  /** Events included, in all namespaces. */
  private List<Write> writesByTheControlPlane(long mark) {
    return cluster.server().requests().writesSince(mark).stream()
        .filter(write -> write.agent().equals(Reconciling.AGENT))
        .toList();
  }

  @Test
  void aStartAfterWhichNothingIsDifferentWritesNothing() {
    shop.apply(Shop.ALL);
    shop.apply(Shop.run("now"));
    shop.awaitReady("news");
    eventually(() -> assertThat(shop.job("now")).isNotNull());
    reconciling.awaitQuiet(shop.name());
    reconciling.close();
    long mark = shop.mark();

    reconciling = Reconciling.asShipped(cluster.server(), GRACE);
    eventually(
        () -> assertThat(reconciling.reconciliations(shop.name())).containsKey("Campaign/news"));
    reconciling.awaitQuiet(shop.name());

    assertThat(writesByTheControlPlane(mark)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void howeverOftenItIsStoppedMeanwhileItEndsInTheSameState(long seed) {
    Random random = new Random(seed);
    Namespace calm = Namespace.create(cluster.server());
    List<String> documents = List.of(Shop.ALL.split("(?m)^---$"));
    for (String document : documents) {
      shop.apply(document);
      calm.apply(document);
      if (random.nextInt(3) == 0) {
        restart();
      }
    }
    for (int i = 0; i < 3; i++) {
      for (Namespace where : List.of(shop, calm)) {
        where.patch(Campaign.class, "news", "{\"spec\":{\"parallelism\":" + (3 + i) + "}}");
      }
      afterRequests(random.nextInt(4));
      restart();
    }

    shop.awaitReady("news");
    calm.awaitReady("news");
    eventually(() -> assertThat(state(shop)).isEqualTo(state(calm)).containsKey("CronJob news"));
  }

  private void restart() {
    reconciling.close();
    reconciling = Reconciling.asShipped(cluster.server(), GRACE);
  }

  /** What was made, without what differs between any two namespaces. */
  private static Map<String, Object> state(Namespace of) {
    Map<String, Object> state = new TreeMap<>();
    for (CronJob made : of.list(CronJob.class)) {
      Map<String, String> marks = made.getSpec().getJobTemplate().getMetadata().getAnnotations();
      assertThat(of.plans("news")).contains(marks.get("lettershop.dev/plan"));
      assertThat(of.campaign("news").getStatus().planHash())
          .isEqualTo(marks.get("lettershop.dev/plan-hash"));
      String text = Serialization.asJson(made.getSpec());
      for (String mark : marks.values()) {
        text = text.replace(mark, "…");
      }
      state.put("CronJob " + made.getMetadata().getName(), text);
    }
    for (String kind : List.of("ServiceAccount", "Role", "RoleBinding")) {
      state.put(
          kind,
          of.client()
              .genericKubernetesResources(
                  kind.equals("ServiceAccount") ? "v1" : "rbac.authorization.k8s.io/v1", kind)
              .inNamespace(of.name())
              .list()
              .getItems()
              .size());
    }
    return state;
  }

  /** Waits until the control plane has asked the server for something so often again. */
  private void afterRequests(int times) {
    AtomicInteger asked = new AtomicInteger();
    cluster
        .server()
        .disturb(
            new RequestInterceptor() {
              @Override
              public OptionalInt before(Asked request) {
                if (request.agent().equals(Reconciling.AGENT)) {
                  asked.incrementAndGet();
                }
                return OptionalInt.empty();
              }
            });
    eventually(() -> assertThat(asked).hasValueGreaterThanOrEqualTo(times));
    cluster.server().disturb(new RequestInterceptor() {});
  }
}

package dev.lettershop.playground.flow;

import static dev.lettershop.playground.flow.Namespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import dev.lettershop.api.v1alpha1.segment.Segment;
import dev.lettershop.api.v1alpha1.source.ProfileSource;
import dev.lettershop.api.v1alpha1.store.ProfileStore;
import dev.lettershop.api.v1alpha1.template.EmailTemplate;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.kubesim.Cluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A mistake in one resource stops those that use it, and nobody else: also when the controller
 * judges everything anew, as it does when it starts. Each mistake is corrected before the next.
 */
class MistakesSpreadTest {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ProfileStore.class,
          ProfileSource.class,
          Segment.class,
          EmailTemplate.class,
          MailTransport.class,
          Campaign.class);

  /** Beside the small shop: a second campaign, what it alone uses, and what nobody uses. */
  private static final String MORE =
      """
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: locals}
      spec: {rules: {all: [{attribute: city, operator: Equal, value: Berlin}]}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: both}
      spec: {expression: inSegment("locals") && inSegment("regulars")}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: idle}
      spec: {rules: {all: [{attribute: city, operator: Equal, value: Rome}]}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: EmailTemplate
      metadata: {name: plain}
      spec:
        subject: Plain
        html: <p><a href="{{links.unsubscribe}}">Unsubscribe</a></p>
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: MailTransport
      metadata: {name: spare}
      spec:
        smtp: {host: smtp.shop.svc, port: 587, credentialsSecretRef: {name: smtp}}
        from: {domains: [shop.example]}
        links: {baseUrl: "https://mail.shop.example", keySecretRef: {name: links, key: key}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Campaign
      metadata: {name: local}
      spec:
        from: {name: Shop, address: news@shop.example}
        topic: offers
        transportRef: {name: spare}
        audience: {include: [locals]}
        schedule: {cron: "0 9 * * TUE"}
        content: {templateRef: {name: plain}}
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: ProfileStore
      metadata: {name: archive}
      spec:
        postgresql: {host: pg.shop.svc, database: old, credentialsSecretRef: {name: db}}
        attributes: [{name: city, type: String}]
        topics: [{name: newsletter}]
      ---
      apiVersion: lettershop.dev/v1alpha1
      kind: Segment
      metadata: {name: former}
      spec: {storeRef: {name: archive}, expression: profile.city == "Berlin"}
      """;

  private static Cluster cluster;
  private static Reconciling reconciling;
  private static Namespace shop;

  @BeforeAll
  static void everythingIsReady() {
    cluster = Cluster.builder().start();
    reconciling = Reconciling.start(cluster.server(), GRACE);
    shop = Namespace.create(cluster.server());
    shop.apply(Shop.ALL + MORE);
    eventually(() -> assertThat(notTrue()).isEmpty());
  }

  @AfterAll
  static void stop() {
    reconciling.close();
    cluster.close();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            Segment.class,
            "idle",
            "{\"rules\":{\"all\":[{\"attribute\":\"ctiy\",\"operator\":\"Equal\",\"value\":\"x\"}]}}",
            "Segment/idle"),
        mistake(
            Segment.class,
            "locals",
            "{\"rules\":{\"all\":[{\"attribute\":\"ctiy\",\"operator\":\"Equal\",\"value\":\"x\"}]}}",
            "Segment/locals",
            "Segment/both",
            "Campaign/local"),
        mistake(
            Segment.class,
            "regulars",
            "{\"expression\":\"profile.visits >\"}",
            "Segment/regulars",
            "Segment/both",
            "Campaign/news"),
        mistake(
            Segment.class, "former", "{\"expression\":\"profile.visits > 3\"}", "Segment/former"),
        mistake(
            EmailTemplate.class,
            "footer",
            "{\"html\":\"<p>{{#broken}}</p>\"}",
            "EmailTemplate/footer",
            "EmailTemplate/hello",
            "Campaign/news"),
        mistake(
            EmailTemplate.class,
            "plain",
            "{\"html\":\"<p>{{profile.nothing}}</p>\"}",
            "EmailTemplate/plain",
            "Campaign/local"),
        mistake(
            MailTransport.class,
            "spare",
            "{\"from\":{\"domains\":[\"bank.example\"]}}",
            "Campaign/local"),
        mistake(
            MailTransport.class,
            "spare",
            "{\"links\":null,\"bounces\":{\"domain\":\"bounces.shop.example\"}}",
            "MailTransport/spare",
            "Campaign/local"),
        mistake(
            ProfileSource.class,
            "people",
            "{\"mapping\":[{\"to\":\"town\",\"value\":\"record.Town\"}]}",
            "ProfileSource/people",
            "Campaign/news",
            "Campaign/local"),
        mistake(
            ProfileStore.class,
            "archive",
            "{\"dropAttributes\":[\"city\"]}",
            "ProfileStore/archive",
            "Segment/former"),
        mistake(
            ProfileStore.class,
            "default",
            "{\"topics\":[{\"name\":\"offers\",\"optIn\":\"Single\"}]}",
            "Campaign/news"),
        mistake(Campaign.class, "local", "{\"topic\":\"weather\"}", "Campaign/local"),
        mistake(
            Campaign.class, "news", "{\"schedule\":{\"cron\":\"0 25 * * *\"}}", "Campaign/news"));
  }

  private static Arguments mistake(
      Class<? extends HasMetadata> kind, String name, String spec, String... stopped) {
    return arguments(kind, name, "{\"spec\":" + spec + "}", Set.of(stopped));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("mistakes")
  void aMistakeStopsThoseThatUseTheResourceAndNobodyElse(
      Class<? extends HasMetadata> kind, String name, String patch, Set<String> stopped) {
    HasMetadata good = shop.get(kind, name);

    shop.patch(kind, name, patch);
    eventually(() -> assertThat(notTrue()).isEqualTo(stopped));
    reconciling.close();
    reconciling = Reconciling.start(cluster.server(), GRACE);
    eventually(
        () ->
            assertThat(reconciling.reconciliations(shop.name()).keySet())
                .containsAll(everything()));
    reconciling.awaitQuiet(shop.name());

    assertThat(notTrue()).isEqualTo(stopped);

    HasMetadata present = shop.get(kind, name);
    good.getMetadata().setResourceVersion(present.getMetadata().getResourceVersion());
    shop.client().resource(good).update();
    eventually(() -> assertThat(notTrue()).isEmpty());
  }

  private static Set<String> notTrue() {
    Set<String> found = new TreeSet<>();
    for (Class<? extends HasMetadata> kind : KINDS) {
      for (HasMetadata object : shop.list(kind)) {
        if (Statuses.condition(object, "Ready")
            .filter(c -> c.status().name().equals("True"))
            .isEmpty()) {
          found.add(kind.getSimpleName() + "/" + object.getMetadata().getName());
        }
      }
    }
    return found;
  }

  private static Set<String> everything() {
    Set<String> found = new TreeSet<>();
    KINDS.forEach(
        kind ->
            shop.list(kind)
                .forEach(
                    object ->
                        found.add(kind.getSimpleName() + "/" + object.getMetadata().getName())));
    return found;
  }
}

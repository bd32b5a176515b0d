package dev.lettershop.controller.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lettershop.api.v1alpha1.campaign.Campaign;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class EventsTest {
  private static final Instant NINE = Instant.parse("2026-11-01T09:00:00.5Z");
  private static final Instant TEN = Instant.parse("2026-11-01T10:00:00.5Z");

  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void an_event_stands_at_the_object_that_it_is_about() {
    events(NINE).record(campaign(), EventReason.RunCreated, "Made CampaignRun spring");

    assertThat(recorded())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getMetadata().getName()).matches("spring[.][0-9a-f]{16}");
              assertThat(event.getMetadata().getNamespace()).isEqualTo("shop");
              assertThat(event.getInvolvedObject().getApiVersion())
                  .isEqualTo("lettershop.dev/v1alpha1");
              assertThat(event.getInvolvedObject().getKind()).isEqualTo("Campaign");
              assertThat(event.getInvolvedObject().getName()).isEqualTo("spring");
              assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-1");
              assertThat(event.getType()).isEqualTo("Normal");
              assertThat(event.getReason()).isEqualTo("RunCreated");
              assertThat(event.getMessage()).isEqualTo("Made CampaignRun spring");
              assertThat(event.getReportingComponent()).isEqualTo("lettershop-controller");
              assertThat(event.getSource().getComponent()).isEqualTo("lettershop-controller");
              assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-01T09:00:00Z");
              assertThat(event.getCount()).isEqualTo(1);
            });
  }

  @Test
  void the_same_again_is_counted() {
    events(NINE).record(campaign(), EventReason.Invalid, "spec.from: is wrong");
    events(TEN).record(campaign(), EventReason.Invalid, "spec.from: is wrong");

    assertThat(recorded())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getCount()).isEqualTo(2);
              assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-01T09:00:00Z");
              assertThat(event.getLastTimestamp()).isEqualTo("2026-11-01T10:00:00Z");
            });
  }

  @Test
  void something_else_is_another_event() {
    events(NINE)
        .record(
            campaign(),
            List.of(
                new Transition(EventReason.Invalid, "one"),
                new Transition(EventReason.Invalid, "another"),
                new Transition(EventReason.NotReady, "one")));

    assertThat(recorded()).hasSize(3);
  }

  @Test
  void a_long_name_leaves_room_for_what_tells_events_apart() {
    ObjectMeta about =
        new ObjectMetaBuilder().withName("a".repeat(235) + "-b." + "c".repeat(15)).build();

    String name = Events.name(about, EventReason.Ready, "");

    assertThat(name).hasSizeLessThanOrEqualTo(253).matches("a{235}[.][0-9a-f]{16}");
  }

  @Test
  void a_message_is_cut_to_what_the_api_server_takes() {
    events(NINE).record(campaign(), EventReason.Invalid, "x".repeat(5_000));

    assertThat(recorded())
        .singleElement()
        .satisfies(event -> assertThat(event.getMessage()).hasSize(1_024).endsWith("…"));
  }

  @Test
  void an_event_that_cannot_be_written_stops_nobody() {
    server.shutdown();
    Config impatient =
        new ConfigBuilder(client.getConfiguration()).withRequestRetryBackoffLimit(0).build();
    try (KubernetesClient cutOff = new KubernetesClientBuilder().withConfig(impatient).build()) {
      Events events = new Events(cutOff, Clock.fixed(NINE, ZoneOffset.UTC));

      assertThatCode(() -> events.record(campaign(), EventReason.Ready, "…"))
          .doesNotThrowAnyException();
    }
  }

  private List<Event> recorded() {
    return client.v1().events().inNamespace("shop").list().getItems();
  }

  private Events events(Instant now) {
    return new Events(client, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Campaign campaign() {
    Campaign campaign = new Campaign();
    campaign.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName("spring")
            .withUid("uid-1")
            .withResourceVersion("7")
            .build());
    return campaign;
  }
}

package dev.lettershop.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.transport.BounceCounts;
import dev.lettershop.api.v1alpha1.transport.MailTransport;
import dev.lettershop.api.v1alpha1.transport.MailTransportStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransportMetricsTest {
  private final List<MailTransport> transports = new ArrayList<>();
  private final CollectorRegistry registry = new CollectorRegistry();

  @BeforeEach
  void register() {
    new TransportMetrics(() -> transports).register(registry);
  }

  @Test
  void eachReadingIsAddedOnce() {
    show(null, 0, 0);
    assertThat(total("hard")).isZero();

    show("2026-11-02T08:00:00Z", 3, 1);
    assertThat(total("hard")).isEqualTo(3);
    assertThat(total("hard")).isEqualTo(3);

    show("2026-11-02T08:10:00Z", 2, 0);
    assertThat(total("hard")).isEqualTo(5);
    assertThat(total("complaint")).isEqualTo(1);
  }

  @Test
  void aReadingFromBeforeTheControllerBeganIsNotAddedAgain() {
    show("2026-11-02T08:00:00Z", 3, 1);
    assertThat(total("hard")).isZero();

    show("2026-11-02T08:10:00Z", 2, 0);
    assertThat(total("hard")).isEqualTo(2);
  }

  @Test
  void seriesGoWithTheirTransport() {
    show(null, 0, 0);
    assertThat(total("hard")).isZero();

    transports.clear();

    assertThat(total("hard")).isNull();
  }

  private Double total(String kind) {
    return registry.getSampleValue(
        "lettershop_transport_bounces_total",
        new String[] {"namespace", "transport", "kind"},
        new String[] {"shop", "default", kind});
  }

  private void show(String time, long hard, long complaints) {
    MailTransport transport = new MailTransport();
    transport.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName("default").build());
    transport.setStatus(
        new MailTransportStatus(
            1L,
            List.of(),
            time,
            new BounceCounts(null, hard, null, null, complaints, null, null, null, null, null)));
    transports.clear();
    transports.add(transport);
  }
}

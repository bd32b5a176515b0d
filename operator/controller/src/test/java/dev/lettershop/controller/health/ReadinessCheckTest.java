package dev.lettershop.controller.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ReadinessCheckTest {
  private final MovableClock clock = new MovableClock();
  private final Set<String> served =
      new HashSet<>(
          List.of(
              "Campaign",
              "CampaignRun",
              "Collector",
              "EmailTemplate",
              "MailTransport",
              "Model",
              "ProfileSource",
              "ProfileStore",
              "Segment"));
  private final List<String> unsynced = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private RuntimeException fault;

  private final ReadinessCheck check =
      new ReadinessCheck(() -> unsynced, new ApiServerContact(this::ask, clock), clock);

  @Test
  void with_all_in_place_the_controller_is_ready() {
    assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    assertThat(check.call().getData()).isEmpty();
  }

  @Test
  void a_missing_kind_is_named_with_what_to_do() {
    served.remove("Segment");
    served.remove("Campaign");

    assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(data())
        .containsEntry(
            "customResourceDefinitions",
            "not installed: Campaign, Segment; apply the files in crds/");
  }

  @Test
  void a_kind_that_is_installed_later_is_found() {
    served.remove("Segment");
    check.call();
    served.add("Segment");
    clock.advance(Duration.ofSeconds(10));

    assertThat(check.call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void caches_that_are_not_complete_are_named() {
    unsynced.addAll(List.of("jobs", "campaigns"));

    assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(data()).containsEntry("caches", "not complete yet: campaigns, jobs");
  }

  @Test
  void an_api_server_that_never_answered_makes_unready_at_once() {
    fault = new IllegalStateException("connection refused");

    HealthCheckResponse response = check.call();

    assertThat(response.getStatus()).isEqualTo(Status.DOWN);
    assertThat(response.getData().orElseThrow())
        .containsOnly(Map.entry("apiServer", "does not answer: connection refused"));
  }

  @Test
  void a_short_silence_of_the_api_server_makes_nobody_unready() {
    check.call();
    fault = new IllegalStateException("connection refused");
    clock.advance(Duration.ofSeconds(59));

    assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    assertThat(data()).containsEntry("apiServer", "does not answer: connection refused");

    clock.advance(Duration.ofSeconds(1));
    assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void the_api_server_is_asked_at_most_every_ten_seconds() {
    check.call();
    clock.advance(Duration.ofSeconds(9));
    check.call();
    assertThat(asked).hasValue(1);

    clock.advance(Duration.ofSeconds(1));
    check.call();
    assertThat(asked).hasValue(2);
  }

  private Map<String, Object> data() {
    return check.call().getData().orElseThrow();
  }

  private Set<String> ask() {
    asked.incrementAndGet();
    if (fault != null) {
      throw fault;
    }
    return served;
  }
}

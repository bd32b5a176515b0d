package dev.lettershop.controller.health;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether the controller is of use now: it has seen everything there is, the API server answers,
 * and all kinds are installed. What is missing is named.
 */
public final class ReadinessCheck implements HealthCheck {
  /** How long the API server may be silent: a restart of it makes nobody unready. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final List<String> KINDS =
      List.of(
          "Campaign",
          "CampaignRun",
          "Collector",
          "EmailTemplate",
          "MailTransport",
          "Model",
          "ProfileSource",
          "ProfileStore",
          "Segment");

  private final Supplier<? extends Collection<String>> unsynced;
  private final ApiServerContact contact;
  private final Clock clock;

  /**
   * @param unsynced names of the caches that have not seen everything yet
   */
  public ReadinessCheck(
      Supplier<? extends Collection<String>> unsynced, ApiServerContact contact, Clock clock) {
    this.unsynced = unsynced;
    this.contact = contact;
    this.clock = clock;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("lettershop-controller");
    ApiServerContact.Answer answer = contact.answer();
    boolean reachable =
        answer.answered() != null && clock.instant().isBefore(answer.answered().plus(SILENCE));
    if (answer.failure() != null) {
      response.withData("apiServer", "does not answer: " + answer.failure());
    }
    List<String> missing = answer.answered() == null ? List.of() : missing(answer.kinds());
    if (!missing.isEmpty()) {
      response.withData(
          "customResourceDefinitions",
          "not installed: " + String.join(", ", missing) + "; apply the files in crds/");
    }
    Collection<String> waiting = unsynced.get();
    if (!waiting.isEmpty()) {
      response.withData(
          "caches", "not complete yet: " + String.join(", ", waiting.stream().sorted().toList()));
    }
    return response.status(reachable && missing.isEmpty() && waiting.isEmpty()).build();
  }

  private static List<String> missing(Set<String> served) {
    return KINDS.stream().filter(kind -> !served.contains(kind)).toList();
  }
}

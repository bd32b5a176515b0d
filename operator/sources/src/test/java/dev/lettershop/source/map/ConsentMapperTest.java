package dev.lettershop.source.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.source.Samples;
import dev.lettershop.store.consent.ConsentStatus;
import dev.lettershop.store.load.consent.LoadedConsent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsentMapperTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final ConsentMapper mapper =
      new ConsentMapper(
          Samples.TOPICS,
          new FutureTimes(Clock.fixed(NOW, ZoneOffset.UTC), "24h"),
          "customer_id",
          Samples.unmapped());

  private final Map<String, Object> record =
      new HashMap<>(
          Map.of(
              "customer_id", "7",
              "topic", "newsletter",
              "status", "granted",
              "occurred_at", "2026-11-01",
              "evidence", "form A"));

  @Test
  void takes_who_said_what_about_what_and_when() {
    assertThat(mapper.map("consents.csv:2", record))
        .isEqualTo(
            new Mapped.Row<>(
                new LoadedConsent(
                    "consents.csv:2",
                    "7",
                    "newsletter",
                    ConsentStatus.Granted,
                    Instant.parse("2026-11-01T00:00:00Z"),
                    Map.of("note", "form A"))));
  }

  @Test
  void takes_evidence_that_has_a_structure() {
    record.put("evidence", Map.of("form", "A", "wording", 3L));

    assertThat(consent().evidence()).isEqualTo(Map.of("form", "A", "wording", 3L));
  }

  @Test
  void takes_evidence_as_it_is_from_fields_of_its_own_beside_what_stands_in_one() {
    record.put("evidence", Map.of("agent", "Firefox"));
    record.put("form", "footer");
    record.put("wording", "Yes, mail me");
    record.put("note", "is not evidence");
    record.put("wording_version", 3L);
    record.put("ip_address", "192.0.2.7");
    record.put("confirmed_at", "2026-11-02 10:00");

    assertThat(consent().evidence())
        .isEqualTo(
            Map.of(
                "agent", "Firefox",
                "form", "footer",
                "wording", "Yes, mail me",
                "wording_version", 3L,
                "ip_address", "192.0.2.7",
                "confirmed_at", "2026-11-02 10:00"));
  }

  @Test
  void passes_over_a_record_that_says_nothing() {
    record.put("status", " ");

    assertThat(mapper.map("consents.csv:2", record)).isEqualTo(new Mapped.Nothing<>());
  }

  @Test
  void does_not_believe_a_grant_without_a_time() {
    record.put("occurred_at", "");

    assertThat(mapper.map("consents.csv:2", record))
        .isEqualTo(
            new Mapped.Rejected<>("occurred_at", "is missing: a grant must say when it was given"));
  }

  @Test
  void lets_a_refusal_without_a_time_count_from_now() {
    record.put("status", "Withdrawn");
    record.remove("occurred_at");

    assertThat(consent().status()).isEqualTo(ConsentStatus.Withdrawn);
    assertThat(consent().occurredAt()).isEqualTo(NOW);
  }

  @Test
  void refuses_what_it_does_not_know() {
    record.put("status", "sure");
    assertThat(mapper.map("consents.csv:2", record))
        .isEqualTo(
            new Mapped.Rejected<>("status", "is none of Granted, Pending, Denied, Withdrawn"));

    record.put("status", "Granted");
    record.put("topic", "letters");
    assertThat(mapper.map("consents.csv:2", record))
        .isEqualTo(new Mapped.Rejected<>("topic", "is none that the store declares"));

    record.put("topic", "");
    assertThat(mapper.map("consents.csv:2", record))
        .isEqualTo(new Mapped.Rejected<>("topic", "is missing"));

    record.put("topic", "newsletter");
    record.remove("customer_id");
    assertThat(mapper.map("consents.csv:2", record))
        .isEqualTo(new Mapped.Rejected<>("customer_id", "is missing"));
  }

  private LoadedConsent consent() {
    return (LoadedConsent) ((Mapped.Row<?>) mapper.map("consents.csv:2", record)).row();
  }
}

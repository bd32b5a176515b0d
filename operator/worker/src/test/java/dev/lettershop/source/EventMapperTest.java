package dev.lettershop.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.store.load.LoadedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventMapperTest {
  private final EventMapper mapper =
      new EventMapper(Samples.SCHEMA, "email", Samples.unmapped(), null);

  private final Map<String, Object> record =
      new HashMap<>(
          Map.of(
              "id",
              17L,
              "name",
              "product_viewed",
              "occurred_at",
              1_793_527_200_000L,
              "email",
              " Ada@Example.COM ",
              "properties",
              Map.of("product_id", "P-1", "price", 9.5, "color", "red"),
              "client",
              "app"));

  @Test
  void takes_properties_from_the_record_and_from_its_properties() {
    record.put("price", "8.5");

    assertThat(mapper.map("web.ndjson:3", record))
        .isEqualTo(
            new Mapped.Row<>(
                new LoadedEvent(
                    "web.ndjson:3",
                    "17",
                    "ada@example.com",
                    "product_viewed",
                    Instant.parse("2026-11-01T10:00:00Z"),
                    Map.of("product_id", "P-1", "price", 8.5, "client", "app"))));
    assertThat(mapper.unknownColumns()).isEqualTo(Map.of("client", 1L));
  }

  @Test
  void leaves_the_id_to_the_store_when_there_is_none() {
    record.remove("id");

    assertThat(mapper.map("web.ndjson:1", record))
        .isInstanceOfSatisfying(
            Mapped.Row.class, row -> assertThat(((LoadedEvent) row.row()).id()).isNull());
  }

  @Test
  void refuses_an_event_that_nothing_declares() {
    record.put("name", "product_veiwed");
    assertThat(mapper.map("web.ndjson:1", record))
        .isEqualTo(
            new Mapped.Rejected<>(
                "name", "is no declared event; did you mean \"product_viewed\"?"));

    record.put("name", "Ada Lovelace was here");
    assertThat(mapper.map("web.ndjson:1", record))
        .isEqualTo(new Mapped.Rejected<>("name", "is no declared event"));
  }

  @Test
  void refuses_an_event_without_name_person_or_time() {
    assertThat(without("name")).isEqualTo(new Mapped.Rejected<>("name", "is missing"));
    assertThat(without("email")).isEqualTo(new Mapped.Rejected<>("email", "is missing"));
    assertThat(without("occurred_at"))
        .isEqualTo(new Mapped.Rejected<>("occurred_at", "is missing"));
  }

  @Test
  void refuses_an_event_with_a_property_of_another_type() {
    record.put("properties", Map.of("price", "sold out"));

    assertThat(mapper.map("web.ndjson:1", record))
        .isInstanceOfSatisfying(
            Mapped.Rejected.class, rejected -> assertThat(rejected.field()).isEqualTo("price"));
  }

  private Mapped<LoadedEvent> without(String field) {
    Map<String, Object> less = new HashMap<>(record);
    less.remove(field);
    return mapper.map("web.ndjson:1", less);
  }
}

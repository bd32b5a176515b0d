package dev.lettershop.source.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lettershop.api.v1alpha1.field.FieldMapping;
import dev.lettershop.api.v1alpha1.field.Normalise;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.mapping.MappingCompiler;
import dev.lettershop.source.Samples;
import dev.lettershop.source.clean.Cleaning;
import dev.lettershop.store.load.event.LoadedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventMapperTest {
  private final EventMapper mapper =
      new EventMapper(Samples.SCHEMA, "email", Samples.unmapped(), null, Samples.FUTURE);

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
                    Map.of("product_id", "P-1", "price", 8.5, "client", "app", "color", "red"))));
    assertThat(mapper.unknownColumns()).isEqualTo(Map.of("client", 1L, "properties.color", 1L));
  }

  @Test
  void keeps_what_only_another_event_declares() {
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(),
            List.of(
                new EventType(
                    "viewed", List.of(new EventProperty("product", AttributeType.String))),
                new EventType(
                    "bought", List.of(new EventProperty("total", AttributeType.Double)))));
    EventMapper flat =
        new EventMapper(
            schema,
            "email",
            Samples.unmapped(),
            List.of("name", "occurred_at", "email", "product", "total"),
            Samples.FUTURE);
    Map<String, Object> viewed =
        Map.of(
            "name",
            "viewed",
            "occurred_at",
            "2026-11-01",
            "email",
            "ada@example.com",
            "product",
            "P-1",
            "total",
            "12.50");
    Map<String, Object> bought =
        Map.of(
            "name",
            "bought",
            "occurred_at",
            "2026-11-01",
            "email",
            "ada@example.com",
            "product",
            "",
            "total",
            "12.50");

    assertThat(((Mapped.Row<LoadedEvent>) flat.map("e.csv:2", viewed)).row().properties())
        .isEqualTo(Map.of("product", "P-1", "total", "12.50"));
    assertThat(((Mapped.Row<LoadedEvent>) flat.map("e.csv:3", bought)).row().properties())
        .isEqualTo(Map.of("total", 12.5));
    assertThat(flat.unknownColumns()).isEqualTo(Map.of("total", 1L));
  }

  private static final ProfileSchema PRODUCTS =
      ProfileSchema.of(
          List.of(),
          List.of(
              new EventType(
                  "product_viewed",
                  List.of(
                      new EventProperty("id", AttributeType.String),
                      new EventProperty("name", AttributeType.String)))));

  private static Map<String, Object> properties(
      Map<String, Object> record, FieldMapping... mapping) {
    List<FieldMapping> declared = List.of(mapping);
    Fields fields =
        new Fields(
            new MappingCompiler().compile(declared).mapping(),
            declared,
            new Cleaning(Normalise.DEFAULT));
    Mapped<LoadedEvent> mapped =
        new EventMapper(PRODUCTS, "email", fields, null, Samples.FUTURE)
            .map("web.ndjson:1", record);
    return ((Mapped.Row<LoadedEvent>) mapped).row().properties();
  }

  @Test
  void a_property_called_like_a_field_of_the_event_is_not_that_field() {
    record.put("properties", Map.of("name", "BLUE DRESS", "id", "P-1"));
    assertThat(properties(record)).contains(entry("name", "BLUE DRESS"), entry("id", "P-1"));

    record.remove("properties");
    assertThat(properties(record)).doesNotContainKeys("id", "name");

    record.put("title", "Red hat");
    assertThat(properties(record, new FieldMapping("properties.name", "record.title")))
        .containsEntry("name", "Red hat")
        .doesNotContainKey("id");

    record.put("event", "product_viewed");
    record.put("name", "Green shoe");
    assertThat(properties(record, new FieldMapping("name", "record.event")))
        .containsEntry("name", "Green shoe");
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
                "name", "is not a declared event; did you mean \"product_viewed\"?"));

    record.put("name", "Ada Lovelace was here");
    assertThat(mapper.map("web.ndjson:1", record))
        .isEqualTo(new Mapped.Rejected<>("name", "is not a declared event"));
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

package dev.lettershop.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.api.v1alpha1.store.Attribute;
import dev.lettershop.api.v1alpha1.store.AttributeType;
import dev.lettershop.api.v1alpha1.store.EventProperty;
import dev.lettershop.api.v1alpha1.store.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileSchemaTest {

  @Test
  void built_in_attributes_come_first_and_cannot_be_declared_anew() {
    ProfileSchema schema =
        ProfileSchema.of(
            List.of(
                new Attribute("city", AttributeType.String, true),
                new Attribute("email", AttributeType.Integer, false)),
            null);

    assertThat(schema.attributes().keySet())
        .containsExactly("id", "email", "locale", "time_zone", "created_at", "updated_at", "city");
    assertThat(schema.attributes().get("email").type()).isEqualTo(AttributeType.String);
    assertThat(schema.attributes().get("email").pii()).isTrue();
    assertThat(schema.attributes().get("city").pii()).isTrue();
    assertThat(schema.events()).isEmpty();
  }

  @Test
  void events_keep_their_properties_in_order() {
    ProfileSchema schema =
        ProfileSchema.of(
            null,
            List.of(
                new EventType(
                    "order",
                    List.of(
                        new EventProperty("total", AttributeType.Double),
                        new EventProperty("id", AttributeType.String))),
                new EventType("visit", null)));

    assertThat(schema.events().get("order").properties().keySet()).containsExactly("total", "id");
    assertThat(schema.events().get("visit").properties()).isEmpty();
  }
}

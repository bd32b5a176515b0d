package dev.lettershop.source.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldValueTest {
  private static final FieldValue VALUE = FieldValue.column("customer.id");

  @Test
  void aNameWithADotIsAColumnOrElseAFieldOfAnObject() {
    Map<String, Object> object = Map.of("customer", Map.of("id", "7"));

    assertThat(VALUE.of(object)).isEqualTo(Converted.of("7"));
    assertThat(VALUE.of(Map.of("customer.id", "8", "customer", Map.of("id", "7"))))
        .isEqualTo(Converted.of("8"));
  }

  @Test
  void whatIsNoObjectHasNoFields() {
    assertThat(VALUE.of(Map.of("customer", "Ada"))).isEqualTo(Converted.ABSENT);
    assertThat(VALUE.of(Map.of())).isEqualTo(Converted.ABSENT);
  }
}

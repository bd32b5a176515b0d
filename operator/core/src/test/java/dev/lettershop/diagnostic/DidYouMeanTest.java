package dev.lettershop.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  private static final List<String> KNOWN = List.of("city", "country", "lifetime_value", "id");

  @ParameterizedTest
  @CsvSource({
    "ctiy, city",
    "City, city",
    "cit, city",
    "contry, country",
    "lifetimevalue, lifetime_value",
    "di, id",
  })
  void offers_the_nearest_name(String misspelt, String meant) {
    assertThat(DidYouMean.nearest(misspelt, KNOWN)).contains(meant);
  }

  @Test
  void offers_nothing_when_nothing_is_near() {
    assertThat(DidYouMean.nearest("engagement", KNOWN)).isEmpty();
    assertThat(DidYouMean.fix("engagement", KNOWN))
        .isEqualTo("known: city, country, id, lifetime_value");
    assertThat(DidYouMean.fix("engagement", List.of())).isNull();
  }

  @Test
  void takes_the_first_by_name_when_two_are_equally_near() {
    assertThat(DidYouMean.nearest("ax", List.of("ay", "ab"))).contains("ab");
  }

  @Test
  void lists_no_more_than_a_dozen() {
    List<String> many = IntStream.range(0, 30).mapToObj(i -> "attribute_" + (i + 10)).toList();

    assertThat(DidYouMean.fix("zzz", many)).endsWith("attribute_21, and 18 more");
  }
}

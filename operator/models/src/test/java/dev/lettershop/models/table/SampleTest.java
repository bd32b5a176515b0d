package dev.lettershop.models.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static List<Long> kept(IntStream people, int capacity) {
    Sample sample = new Sample(1, capacity);
    people.forEach(person -> sample.add(person, new float[] {person}, person % 2 == 0));
    Rows rows = sample.rows();
    return IntStream.range(0, rows.size())
        .peek(i -> assertThat(rows.at(i, 0)).isEqualTo((float) rows.person(i)))
        .peek(i -> assertThat(rows.label(i)).isEqualTo(rows.person(i) % 2 == 0))
        .mapToObj(rows::person)
        .toList();
  }

  @Test
  void keeps_the_same_people_whatever_order_they_come_in() {
    List<Long> forwards = kept(IntStream.range(0, 10_000), 100);

    assertThat(forwards).hasSize(100).doesNotHaveDuplicates();
    assertThat(kept(IntStream.range(0, 10_000).map(i -> 9_999 - i), 100)).isEqualTo(forwards);
    assertThat(forwards.stream().mapToLong(Long::longValue).average().orElse(0))
        .isBetween(4_000.0, 6_000.0);
  }

  @Test
  void keeps_everybody_when_there_is_room() {
    assertThat(kept(IntStream.range(0, 50), 100)).hasSize(50);
  }
}

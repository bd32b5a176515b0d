package dev.lettershop.source.map;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MappedColumnsTest {
  @Test
  void finds_what_an_expression_takes_from_the_record() {
    assertThat(MappedColumns.of("record.ADDRESS.split(',')[1].trim() + record[\"Last Seen\"]"))
        .containsExactly("ADDRESS", "Last Seen");
    assertThat(MappedColumns.of("has(record.a) ? record . a : record['b']['c']"))
        .containsExactly("a", "b");
    assertThat(MappedColumns.of("records.x + my_record.y + 'newsletter'")).isEmpty();
  }
}

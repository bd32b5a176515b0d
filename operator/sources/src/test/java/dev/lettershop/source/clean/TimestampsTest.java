package dev.lettershop.source.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-01T10:00:00Z            | 2026-11-01T10:00:00Z",
        "2026-11-01T10:00:00.5Z          | 2026-11-01T10:00:00.500Z",
        "2026-11-01T10:00:00.123456789Z  | 2026-11-01T10:00:00.123456789Z",
        "2026-11-01T10:00:00.000Z        | 2026-11-01T10:00:00Z",
        "2026-11-01T10:00:00+01:00       | 2026-11-01T09:00:00Z",
        "2026-11-01T10:00:00-0530        | 2026-11-01T15:30:00Z",
        "2026-11-01 10:00:00 +02         | 2026-11-01T08:00:00Z",
        "2026-11-01 10:00:00 UTC         | 2026-11-01T10:00:00Z",
        "2026-11-01 10:00:00             | 2026-11-01T10:00:00Z",
        "2026-11-01 10:00                | 2026-11-01T10:00:00Z",
        "2026-11-01t10:00z               | 2026-11-01T10:00:00Z",
        "2026-11-01                      | 2026-11-01T00:00:00Z",
        "2026/11/01                      | 2026-11-01T00:00:00Z",
        "20261101                        | 2026-11-01T00:00:00Z",
        "01.11.2026                      | 2026-11-01T00:00:00Z",
        "1.2.2026                        | 2026-02-01T00:00:00Z",
        "01.11.2026 14:03                | 2026-11-01T14:03:00Z",
        "1 Nov 2026                      | 2026-11-01T00:00:00Z",
        "Nov 1, 2026                     | 2026-11-01T00:00:00Z",
        "nov 1 2026                      | 2026-11-01T00:00:00Z",
        "01-NOV-2026                     | 2026-11-01T00:00:00Z",
        "Nov 1, 2026 10:15               | 2026-11-01T10:15:00Z",
        "1793527200                      | 2026-11-01T10:00:00Z",
        "1793527200000                   | 2026-11-01T10:00:00Z",
        "2016-12-31T23:59:60Z            | 2016-12-31T23:59:59Z",
      })
  void reads_what_means_one_thing_only(String text, String instant) {
    assertThat(Timestamps.parse(text, null)).isEqualTo(Converted.of(Instant.parse(instant)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"01/02/2026", "1/2/26", "13/02/2026", "01-02-2026", "1-2-2026 10:00", "1/2"})
  void refuses_dates_whose_month_nobody_can_tell(String text) {
    assertThat(Timestamps.parse(text, null))
        .isInstanceOfSatisfying(
            Converted.Invalid.class,
            invalid -> assertThat(invalid.reason()).startsWith("ambiguous date"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30",
        "2026-13-01",
        "31.04.2026",
        "2026-11-01T25:00:00Z",
        "20261301",
        "Feb 30, 2026"
      })
  void refuses_days_and_times_that_do_not_exist(String text) {
    assertThat(Timestamps.parse(text, null)).isEqualTo(Converted.invalid("no such date"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026",
        "2026-11",
        "2026-11-01x10:00",
        "2026-11-01T",
        "2026-11-01T10",
        "2026-11-01T10:00:00 CEST",
        "2026-11-01T10:00:00+99:00",
        "2026-1-1",
        "01.11.26",
        "1.11",
        "1.",
        "12345",
        "12345678901",
        "--",
        "2026-11-01T10:00:00.",
        "2026-11-01T10:0a:00Z",
        "٢٠٢٦-11-01"
      })
  void refuses_everything_else_without_saying_what_it_was(String text) {
    assertThat(Timestamps.parse(text, null))
        .isInstanceOfSatisfying(
            Converted.Invalid.class, invalid -> assertThat(invalid.reason()).doesNotContain(text));
  }

  @Test
  void refuses_times_outside_of_living_memory() {
    assertThat(Timestamps.parse("0001-01-01", null))
        .isEqualTo(Converted.invalid("is not between the years 1900 and 2200"));
    assertThat(Timestamps.ofUnixTime(Long.MAX_VALUE))
        .isEqualTo(Converted.invalid("is not between the years 1900 and 2200"));
    assertThat(Timestamps.ofUnixTime(Long.MIN_VALUE)).isInstanceOf(Converted.Invalid.class);
  }
}

package dev.lettershop.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CronExpressionTest {
  private static final int MOMENTS = 3;

  @ParameterizedTest
  @MethodSource("whatTheCronJobControllerFinds")
  void the_cron_job_controller_would_find_the_same_moments(
      String expression, String zone, String start, String expected) {
    assertThat(moments(expression, ZoneId.of(zone), Instant.parse(start))).isEqualTo(expected);
  }

  static Stream<String[]> whatTheCronJobControllerFinds() throws IOException {
    try (var in = CronExpressionTest.class.getResourceAsStream("/cron-next.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|", -1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TZ=Europe/Berlin 0 9 * * *|field of its own",
        "CRON_TZ=Europe/Berlin 0 9 * * *|field of its own",
        "@every 1h|*/15 * * * *",
        "@reboot|unknown macro @reboot",
        "0 9 * *|there must be 5 fields (minute, hour, day of month, month, day of week), there are"
            + " 4",
        "0 9 * * 7|the day of week 7 must be from 0 to 6",
        "0 9 * * Monday|the day of week Monday must be made of numbers or names such as MON",
        "0 9x * * *|the hour 9x must be made of numbers",
        "0 17-9 * * *|the hour 17-9 ends before it begins",
        "*/0 * * * *|the minute */0 must have a step of at least 1",
        "1/2/3 * * * *|the minute 1/2/3 has too many slashes",
        "1-2-3 * * * *|the minute 1-2-3 has too many hyphens"
      })
  void a_refusal_says_what_is_wrong(String expression, String message) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void digits_of_other_scripts_are_no_numbers() {
    assertThatThrownBy(() -> CronExpression.parse("\u0661 * * * *"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String moments(String text, ZoneId zone, Instant start) {
    CronExpression expression;
    try {
      expression = CronExpression.parse(text);
    } catch (IllegalArgumentException e) {
      return "refused";
    }
    List<String> found = new ArrayList<>();
    Instant time = start;
    while (found.size() < MOMENTS) {
      Optional<Instant> next = expression.next(time, zone);
      if (next.isEmpty()) {
        found.add("never");
        break;
      }
      time = next.get();
      found.add(time.toString());
    }
    return String.join(" ", found);
  }
}

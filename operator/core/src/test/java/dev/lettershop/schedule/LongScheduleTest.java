package dev.lettershop.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lettershop.fuzz.LongInputs;
import dev.lettershop.fuzz.SmallStack;
import dev.lettershop.resource.DurationText;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Schedules and durations that are long and wrong: they are read or refused with a reason. */
class LongScheduleTest {
  private static final int CASES = 2_000;
  private static final int SOAK_CASES = 100_000;
  private static final int MOST = 20_000;
  private static final List<String> CRON =
      List.of(
          "0 9 * * MON",
          "* * * * *",
          "*/15",
          "1-5",
          "MON-FRI",
          "JAN",
          "?",
          "L",
          "#2",
          ",",
          "/",
          "-",
          " ",
          "59",
          "@daily",
          "TZ=",
          "99999999999999999999",
          "*/0",
          "7",
          "1,2,3 ");
  private static final List<String> DURATIONS =
      List.of(
          "1h", "30m", "90s", "400d", "250ms", "1", "h", ".", "-", "999999999", "P1D", " ", "1w");

  @Test
  void schedulesAreReadOrRefused() {
    schedules(CASES);
  }

  @Test
  @Tag("soak")
  void aHundredThousandSchedulesAreReadOrRefused() {
    schedules(SOAK_CASES);
  }

  @Test
  void durationsAreReadOrRefused() {
    durations(CASES);
  }

  @Test
  @Tag("soak")
  void aHundredThousandDurationsAreReadOrRefused() {
    durations(SOAK_CASES);
  }

  private static void schedules(int cases) {
    LongInputs inputs = new LongInputs(1, MOST, CRON);
    int[] read = {0};
    SmallStack.run(
        () -> {
          for (int i = 0; i < cases; i++) {
            String text = inputs.next();
            try {
              CronExpression.parse(text);
              read[0]++;
            } catch (IllegalArgumentException e) {
              assertThat(e.getMessage()).as(text).isNotBlank();
            }
          }
        });
    assertThat(read[0]).as("texts that are schedules").isPositive();
  }

  private static void durations(int cases) {
    LongInputs inputs = new LongInputs(2, MOST, DURATIONS);
    SmallStack.run(
        () -> {
          for (int i = 0; i < cases; i++) {
            String text = inputs.next();
            try {
              DurationText.parse(text);
            } catch (IllegalArgumentException | ArithmeticException e) {
              assertThat(e.getMessage()).as(text).isNotBlank();
            }
          }
        });
    assertThatCode(() -> DurationText.parse("1h30m")).doesNotThrowAnyException();
  }
}

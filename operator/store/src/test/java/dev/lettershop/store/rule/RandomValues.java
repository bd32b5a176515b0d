package dev.lettershop.store.rule;

import dev.lettershop.api.v1alpha1.store.AttributeType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values where engines tend to disagree: empty, extreme, beyond ASCII, on the edge. */
public final class RandomValues {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "ab",
          "New York",
          "new york",
          "é",
          "É",
          "\uE000",
          "😀",
          "a😀b",
          " x ",
          "\u00A0x\u3000",
          "12",
          "-7",
          "007",
          "999999999999999999",
          "1000000000000000000",
          "x_y%",
          "\\",
          "'",
          "\"",
          "ß",
          "Z",
          "\n",
          "aba");
  private static final List<Long> INTEGERS =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          3L,
          7L,
          -10L,
          100L,
          5000L,
          (1L << 53) + 1,
          999_999_999_999_999_999L,
          1_000_000_000_000_000_000L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE - 1);
  private static final List<Double> NUMBERS =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          0.1,
          0.2,
          0.3,
          0.5,
          100.0,
          5000.0,
          19.99,
          1.0 / 3,
          1e15,
          1e16 + 2,
          9.3e18,
          -9.3e18,
          9007199254740993.0,
          1e150,
          1.1e150,
          1e-150,
          9e-151,
          1e299,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          Double.MIN_VALUE,
          2.98023223876953125E-8);
  private static final List<Double> SPECIAL =
      List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  private static final List<Instant> MOMENTS =
      List.of(
          RandomRules.now(),
          RandomRules.now().minusNanos(1000),
          RandomRules.now().plusNanos(1000),
          RandomRules.now().minus(RandomRules.day()),
          RandomRules.now().minus(RandomRules.day()).plusNanos(1000),
          Instant.parse("2024-02-29T23:59:59.999999Z"),
          Instant.parse("1970-01-01T00:00:00Z"),
          Instant.parse("1582-10-10T00:00:00Z"),
          Instant.parse("0001-01-01T00:00:00Z"),
          Instant.parse("9999-12-31T23:59:59.999999Z"),
          Instant.parse("0001-01-02T00:00:00Z"),
          Instant.parse("9999-12-30T23:59:59.999999Z"),
          Instant.parse("2025-11-02T23:59:59.999999Z"),
          Instant.parse("2026-03-29T00:59:59.999999Z"),
          Instant.parse("2026-03-29T01:00:00Z"),
          Instant.parse("2099-07-01T12:00:00Z"),
          Instant.parse("2400-02-29T12:00:00Z"),
          Instant.parse("1969-12-31T23:59:59.999999Z"),
          Instant.parse("2026-10-25T01:30:00Z"));
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "Asia/Kolkata",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "Pacific/Kiritimati",
          "Africa/Casablanca",
          "America/St_Johns",
          "Etc/GMT+12");
  private static final List<Duration> DURATIONS =
      List.of(
          Duration.ofDays(1),
          Duration.ofHours(-24),
          Duration.ofNanos(1000),
          Duration.ZERO,
          Duration.ofDays(365_000),
          Duration.ofDays(-200_000),
          Duration.ofSeconds(90).plusNanos(123_456_000));
  private static final List<Duration> WITHIN =
      List.of(
          Duration.ofDays(1),
          Duration.ofNanos(1000),
          Duration.ofHours(1),
          Duration.ofDays(365_000));

  private RandomValues() {}

  static String zone(Random random) {
    return one(random, ZONES);
  }

  /** One of few, so that profiles have something of it. */
  static String model(Random random) {
    return one(random, List.of("churn", "customers", "nothing"));
  }

  static String text(Random random) {
    return one(random, TEXTS);
  }

  static long integer(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(20) - 10 : one(random, INTEGERS);
  }

  static double finite(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(2000) / 100.0 : one(random, NUMBERS);
  }

  static Instant moment(Random random) {
    return one(random, MOMENTS);
  }

  static Duration duration(Random random) {
    return one(random, DURATIONS);
  }

  static Duration within(Random random) {
    return one(random, WITHIN);
  }

  /** A value that an attribute may hold. */
  static Object attribute(Random random, AttributeType type) {
    return type == AttributeType.Double && random.nextInt(6) == 0
        ? (Object) one(random, SPECIAL)
        : value(random, type);
  }

  /** A value that a property may hold. */
  static Object value(Random random, AttributeType type) {
    return switch (type) {
      case String -> text(random);
      case Boolean -> random.nextBoolean();
      case Integer -> integer(random);
      case Double -> finite(random);
      case Timestamp -> moment(random);
      case StringList -> {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          texts.add(text(random));
        }
        yield texts;
      }
    };
  }

  private static <T> T one(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}

package dev.lettershop.playground.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleShopTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<String> FILES =
      List.of(SampleShop.CUSTOMERS, SampleShop.WEB_EVENTS, SampleShop.ORDERS);

  @TempDir Path folder;

  @Test
  void writes_the_same_bytes_for_the_same_seed_and_moment() throws IOException {
    Path one = write("one", 42, NOW);
    Path two = write("two", 42, NOW.plusMillis(59_999));

    for (String file : FILES) {
      assertThat(Files.mismatch(one.resolve(file), two.resolve(file))).isEqualTo(-1);
    }
  }

  @Test
  void writes_other_people_for_another_seed() throws IOException {
    Path one = write("one", 42, NOW);
    Path two = write("two", 43, NOW);

    for (String file : FILES) {
      assertThat(Files.mismatch(one.resolve(file), two.resolve(file))).isNotEqualTo(-1);
    }
  }

  @Test
  void knows_nobody_outside_of_the_domains_kept_free_by_rfc_2606() throws IOException {
    Pattern address = Pattern.compile("@([^,\\s\"]+)");
    Set<String> domains = new HashSet<>();
    Matcher found = address.matcher(text(write("shop", 42, NOW), SampleShop.CUSTOMERS));
    while (found.find()) {
      domains.add(found.group(1).toLowerCase(java.util.Locale.ROOT));
    }

    assertThat(domains)
        .hasSizeGreaterThan(3)
        .allMatch(domain -> domain.matches(".*(^|\\.|@)(example\\.com|example|test)"));
  }

  @Test
  void has_carts_of_the_last_day_whenever_it_is_written() throws IOException {
    Instant later = NOW.plus(Duration.ofDays(1_000));

    for (Instant now : List.of(NOW, later)) {
      long carts =
          text(write(now.toString().substring(0, 10), 42, now), SampleShop.WEB_EVENTS)
              .lines()
              .filter(line -> line.contains("\"cart_updated\""))
              .filter(line -> isWithinADay(line, now))
              .count();

      assertThat(carts).isGreaterThan(80);
    }
  }

  @Test
  void has_the_usual_dirt() throws IOException {
    Path shop = write("shop", 42, NOW);
    String customers = text(shop, SampleShop.CUSTOMERS);
    long columns = customers.lines().findFirst().orElseThrow().split(",").length;

    assertThat(customers.lines().filter(line -> line.startsWith("C-00"))).hasSizeGreaterThan(1_500);
    assertThat(customers.lines().filter(line -> line.startsWith("C-5"))).isNotEmpty();
    assertThat(customers)
        .containsPattern(",\\d\\d/\\d\\d/20\\d\\d,")
        .containsPattern(",\\d\\d\\.\\d\\d\\.20\\d\\d,")
        .containsPattern(",\"[A-Z][a-z]{2} \\d{1,2}, 20\\d\\d\",")
        .contains(",jane.doe@,", ",NYC,", "\"$", "@EXAMPLE.COM");
    assertThat(customers.lines().filter(line -> Arrays.stream(line.split("\"")).count() % 2 == 0))
        .as("lines with a quote that is never closed")
        .isNotEmpty();
    assertThat(customers.lines().filter(line -> line.split(",", -1).length < columns))
        .as("lines that are cut off")
        .isNotEmpty();
    assertThat(text(shop, SampleShop.WEB_EVENTS))
        .contains("page_scrolled", "\"ts\":\n", "\"customer_id\":null");
    assertThat(text(shop, SampleShop.ORDERS)).containsPattern(";\\d+,\\d\\d;");
  }

  @Test
  void refuses_numbers_of_customers_that_it_has_no_numbers_for() {
    assertThatThrownBy(() -> new SampleShop(42, 0, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("customers must be 1 to 5,000,000, not 0");
  }

  private static boolean isWithinADay(String event, Instant now) {
    Matcher time = Pattern.compile("\"ts\":\"?([^\",]+)").matcher(event);
    assertThat(time.find()).isTrue();
    Instant at =
        time.group(1).contains("T")
            ? Instant.parse(time.group(1))
            : Instant.ofEpochMilli(Long.parseLong(time.group(1)));
    return at.isAfter(now.minus(Duration.ofDays(1))) && !at.isAfter(now);
  }

  private Path write(String name, long seed, Instant now) throws IOException {
    Path shop = folder.resolve(name);
    new SampleShop(seed, SampleShop.DEFAULT_CUSTOMERS, now).write(shop);
    return shop;
  }

  private static String text(Path shop, String file) throws IOException {
    return Files.readString(shop.resolve(file));
  }
}

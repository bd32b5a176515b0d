package dev.lettershop.playground.sample;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The shop database's export of orders: semicolons, days first, and mostly decimal commas. */
final class OrderFile {
  private static final DateTimeFormatter DAY_FIRST =
      DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int CUSTOMERS_PER_BROKEN_LINE = 1_000;
  private static final long FIRST_ORDER = 100_000;

  private final long seed;
  private final int customers;
  private final Instant now;

  OrderFile(long seed, int customers, Instant now) {
    this.seed = seed;
    this.customers = customers;
    this.now = now;
  }

  void write(Writer out) throws IOException {
    out.write("order_id;customer_id;ordered_at;total;items;status;coupon\n");
    long order = FIRST_ORDER;
    for (int number = 1; number <= customers; number++) {
      Customer customer = Customer.of(seed, number, now);
      SeededRandom draw = new SeededRandom(seed, "orders", number);
      int orders = Math.min(6, customer.lifetimeValueCents() / draw.between(50_000, 200_000));
      for (int i = 0; i < orders; i++) {
        order++;
        Instant at = customer.lastActive().minus(Duration.ofHours(draw.between(2, 9_000)));
        String row = row(order, customer, at, draw);
        out.write(row);
        out.write('\n');
        if (draw.chance(0.01)) {
          out.write(row);
          out.write('\n');
        }
      }
      if (number % CUSTOMERS_PER_BROKEN_LINE == 512) {
        order++;
        out.write(order + ";" + customer.id() + ";\"12.1\n");
      }
    }
  }

  private static String row(long order, Customer customer, Instant at, SeededRandom draw) {
    int cents = draw.between(1_800, 140_000);
    return order
        + ";"
        + (draw.chance(0.004) ? "" : customer.id())
        + ";"
        + DAY_FIRST.format(at)
        + ";"
        + (draw.chance(0.9) ? Cents.text(cents).replace('.', ',') : Cents.text(cents))
        + ";"
        + (draw.chance(0.003) ? "two" : draw.between(1, 8))
        + ";"
        + (draw.chance(0.06) ? "cancelled" : "completed")
        + ";"
        + (draw.chance(0.1) ? "SAVE10" : "");
  }
}

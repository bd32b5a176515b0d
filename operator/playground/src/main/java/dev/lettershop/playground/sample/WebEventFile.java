package dev.lettershop.playground.sample;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;

/** The web shop's event log: one JSON object per line, from the site and from an older app. */
final class WebEventFile {
  private static final int CUSTOMERS_PER_BROKEN_LINE = 1_000;

  private final long seed;
  private final int customers;
  private final Instant now;

  WebEventFile(long seed, int customers, Instant now) {
    this.seed = seed;
    this.customers = customers;
    this.now = now;
  }

  void write(Writer out) throws IOException {
    for (int number = 1; number <= customers; number++) {
      Customer customer = Customer.of(seed, number, now);
      SeededRandom draw = new SeededRandom(seed, "web", number);
      int earlier = draw.between(0, 4);
      for (int visit = 0; visit < earlier; visit++) {
        Instant at = customer.lastActive().minus(Duration.ofMinutes(draw.between(1_440, 60_000)));
        view(out, customer.id(), at, draw);
      }
      if (customer.browsed() != null) {
        visit(out, customer, draw);
      }
      if (number % CUSTOMERS_PER_BROKEN_LINE == 431) {
        out.write("{\"id\":\"" + draw.hex() + "\",\"type\":\"product_viewed\",\"ts\":\n");
      }
    }
  }

  /** Today's visit: some products, and for most a cart. */
  private static void visit(Writer out, Customer customer, SeededRandom draw) throws IOException {
    Instant at = customer.browsed();
    int views = draw.between(1, 5);
    for (int i = 0; i < views; i++) {
      view(out, customer.id(), at.minusSeconds(45L * (views - i)), draw);
    }
    if (draw.chance(0.7)) {
      String value = Cents.text(draw.between(1_500, 42_000));
      String cart = "{\"value\":" + value + ",\"items\":" + draw.between(1, 6) + "}";
      event(out, "cart_updated", customer.id(), at, cart, draw);
    }
  }

  private static void view(Writer out, String customer, Instant at, SeededRandom draw)
      throws IOException {
    Product product = draw.one(Product.ALL);
    String price = draw.chance(0.002) ? "\"sold out\"" : Cents.text(product.cents());
    String properties =
        "{\"product_id\":\""
            + product.id()
            + "\",\"category\":\""
            + product.category()
            + "\",\"price\":"
            + price
            + "}";
    String type = draw.chance(0.004) ? "page_scrolled" : "product_viewed";
    event(out, type, draw.chance(0.003) ? null : customer, at, properties, draw);
  }

  private static void event(
      Writer out, String type, String customer, Instant at, String properties, SeededRandom draw)
      throws IOException {
    String visitor = customer == null ? "null" : '"' + customer + '"';
    boolean app = draw.chance(0.08);
    String line =
        "{\"id\":\""
            + draw.hex()
            + "\",\"type\":\""
            + type
            + "\",\"ts\":"
            + (app ? Long.toString(at.toEpochMilli()) : '"' + at.toString() + '"')
            + ",\"visitor\":{\"customer_id\":"
            + visitor
            + "},\"properties\":"
            + properties
            + ",\"client\":\""
            + (app ? "app" : "web")
            + "\"}\n";
    out.write(line);
    if (draw.chance(0.01)) {
      // Sent twice, as senders do that saw no answer.
      out.write(line);
    }
  }
}

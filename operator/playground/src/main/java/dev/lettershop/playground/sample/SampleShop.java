package dev.lettershop.playground.sample;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Acme Outfitters, a shop with any number of made-up customers. Writes what its systems export:
 * {@value #CUSTOMERS} (CRM), {@value #WEB_EVENTS} (web analytics) and {@value #ORDERS} (shop
 * database), with the dirt that such files have.
 *
 * <p>The same seed, number and moment give the same bytes on every machine. Memory does not grow
 * with the number of customers: each is made anew from its number wherever it is needed.
 */
public final class SampleShop {
  public static final String CUSTOMERS = "customers.csv";
  public static final String WEB_EVENTS = "web-events.ndjson";
  public static final String ORDERS = "orders.csv";

  /** The seed of the quickstart. */
  public static final long DEFAULT_SEED = 42;

  /** The number of customers of the quickstart. */
  public static final int DEFAULT_CUSTOMERS = 1_500;

  private final long seed;
  private final int customers;
  private final Instant now;

  /**
   * @param customers 1 to 5,000,000
   * @param now what "the last 24 hours" is counted from; counted in whole minutes
   */
  public SampleShop(long seed, int customers, Instant now) {
    if (customers < 1 || customers > 5_000_000) {
      throw new IllegalArgumentException("customers must be 1 to 5,000,000, not " + customers);
    }
    this.seed = seed;
    this.customers = customers;
    this.now = now.truncatedTo(ChronoUnit.MINUTES);
  }

  /**
   * Writes the three files, replacing those of an earlier call.
   *
   * @param folder made when it is not there
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Writer out = Files.newBufferedWriter(folder.resolve(CUSTOMERS))) {
      new CustomerFile(seed, customers, now).write(out);
    }
    try (Writer out = Files.newBufferedWriter(folder.resolve(WEB_EVENTS))) {
      new WebEventFile(seed, customers, now).write(out);
    }
    try (Writer out = Files.newBufferedWriter(folder.resolve(ORDERS))) {
      new OrderFile(seed, customers, now).write(out);
    }
  }
}

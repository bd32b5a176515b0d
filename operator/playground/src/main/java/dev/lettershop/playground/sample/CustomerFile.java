package dev.lettershop.playground.sample;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The CRM's export: CSV in UTF-8 with a header, and all that years of imports and manual entry
 * leave behind in it.
 */
final class CustomerFile {
  private static final String HEADER =
      "customer_id,first_name,last_name,email,city,country,time_zone,language,lifetime_value,"
          + "engagement_score,last_active,interests,newsletter,newsletter_since,loyalty_card\n";

  private static final DateTimeFormatter SQL = format("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter DOTTED = format("dd.MM.uuuu");
  private static final DateTimeFormatter DATE = format("uuuu-MM-dd");
  private static final DateTimeFormatter NAMED = format("MMM d, uuuu");
  private static final DateTimeFormatter SLASHED = format("MM/dd/uuuu");

  private static final List<String> BAD_ADDRESSES =
      List.of("n/a", "jane.doe@", "@example.com", "john doe@example.com", "mia@@example.com");

  /** Every so many customers one row is cut off, and one lacks its closing quote. */
  private static final int ROWS_PER_BROKEN_ROW = 1_000;

  /** Added to the number of who signs up anew. */
  private static final int ANEW = 5_000_000;

  /** How much later the second row about a customer comes. */
  private static final int LATER = 40;

  private final long seed;
  private final int customers;
  private final Instant now;

  CustomerFile(long seed, int customers, Instant now) {
    this.seed = seed;
    this.customers = customers;
    this.now = now;
  }

  void write(Writer out) throws IOException {
    out.write(HEADER);
    for (int number = 1; number <= customers; number++) {
      Customer customer = Customer.of(seed, number, now);
      SeededRandom draw = new SeededRandom(seed, "crm", number);
      String row = row(customer, draw);
      if (number % ROWS_PER_BROKEN_ROW == 287) {
        row = row.substring(0, row.lastIndexOf(',', row.lastIndexOf(',') - 1));
      } else if (number % ROWS_PER_BROKEN_ROW == 613) {
        row = customer.id() + ",\"" + row.substring(row.indexOf(',') + 1);
      }
      out.write(row);
      out.write('\n');
      if (number > LATER && hasSecondRow(number - LATER)) {
        out.write(secondRow(number - LATER));
        out.write('\n');
      }
    }
  }

  private boolean hasSecondRow(int number) {
    return new SeededRandom(seed, "twice", number).chance(0.025);
  }

  /** The same person again: under the same number, or signed up anew with the same address. */
  private String secondRow(int number) {
    SeededRandom draw = new SeededRandom(seed, "again", number);
    Customer customer = Customer.of(seed, number, now);
    String email = customer.email().toUpperCase(Locale.ROOT);
    if (draw.chance(0.5)) {
      return row(customer, email, draw);
    }
    String row = row(customer, email, draw);
    return Customer.id(ANEW + number) + row.substring(row.indexOf(','));
  }

  private String row(Customer customer, SeededRandom draw) {
    return row(customer, email(customer, draw), draw);
  }

  private String row(Customer customer, String email, SeededRandom draw) {
    Place place = customer.place();
    StringBuilder row = new StringBuilder(200);
    row.append(customer.id()).append(',');
    field(row, spaced(customer.firstName(), draw)).append(',');
    field(row, spaced(customer.lastName(), draw)).append(',');
    row.append(email).append(',');
    row.append(spelling(place.city(), draw)).append(',');
    row.append(spelling(place.country(), draw)).append(',');
    row.append(draw.chance(0.05) ? "" : place.timeZone()).append(',');
    row.append(draw.chance(0.2) ? place.locale().replace('-', '_') : place.locale()).append(',');
    field(row, money(customer.lifetimeValueCents(), draw)).append(',');
    row.append(draw.chance(0.03) ? "" : Integer.toString(customer.engagement())).append(',');
    field(row, time(customer.lastActive(), draw)).append(',');
    row.append(String.join(";", customer.interests())).append(',');
    newsletter(row, customer, draw);
    return row.append(draw.chance(0.3) ? "LC-" + draw.between(100_000, 999_999) : "").toString();
  }

  private static void newsletter(StringBuilder row, Customer customer, SeededRandom draw) {
    String answer =
        switch (customer.newsletter()) {
          case Yes -> draw.chance(0.1) ? "Y" : "yes";
          case No -> "no";
          case Pending -> "pending";
          case NotAsked -> "";
        };
    boolean answered =
        customer.newsletter() == Customer.Newsletter.Yes
            || customer.newsletter() == Customer.Newsletter.No;
    boolean dated = answered && !draw.chance(0.01);
    row.append(answer).append(',');
    row.append(dated ? DATE.format(customer.newsletterSince()) : "").append(',');
  }

  private static String email(Customer customer, SeededRandom draw) {
    int at = draw.between(0, 1000);
    if (at < 12) {
      return draw.one(BAD_ADDRESSES);
    }
    if (at < 22) {
      return "";
    }
    if (at < 27) {
      return customer.email().replaceAll("@.*", "@bücher.example");
    }
    if (at < 70) {
      return " " + customer.email() + " ";
    }
    return at < 120 ? customer.email().replace(".example", ".EXAMPLE") : customer.email();
  }

  private static String time(Instant instant, SeededRandom draw) {
    int at = draw.between(0, 100);
    if (at < 70) {
      return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    if (at < 98) {
      return (at < 84 ? SQL : at < 91 ? DOTTED : at < 95 ? DATE : NAMED).format(instant);
    }
    return at == 98 ? "" : SLASHED.format(instant);
  }

  private static String money(int cents, SeededRandom draw) {
    int at = draw.between(0, 1000);
    if (at < 20) {
      return "";
    }
    if (at < 24) {
      return "unknown";
    }
    return at < 150 ? Cents.dollars(cents) : Cents.text(cents);
  }

  private static String spelling(List<String> spellings, SeededRandom draw) {
    if (draw.chance(0.04)) {
      return "  " + spellings.get(0) + " ";
    }
    return draw.chance(0.85) ? spellings.get(0) : draw.one(spellings);
  }

  private static String spaced(String name, SeededRandom draw) {
    return draw.chance(0.03) ? " " + name.replace(" ", "  ") + " " : name;
  }

  private static StringBuilder field(StringBuilder row, String text) {
    return text.indexOf(',') < 0 ? row.append(text) : row.append('"').append(text).append('"');
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}

package dev.lettershop.playground.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One made-up customer, as they really are: dirt comes in when a system writes about them.
 *
 * @param number 1 to the number of customers
 * @param lifetimeValueCents what they spent so far, in cents
 * @param engagement 0 to 100
 * @param browsed when they last looked at products, or null when not within the last day
 * @param newsletter what they answered when asked
 */
record Customer(
    int number,
    String firstName,
    String lastName,
    String email,
    Place place,
    int lifetimeValueCents,
    int engagement,
    Instant lastActive,
    Instant browsed,
    Newsletter newsletter,
    Instant newsletterSince,
    List<String> interests) {

  /** What a customer has said to the newsletter. */
  enum Newsletter {
    Yes,
    No,
    Pending,
    NotAsked
  }

  /** How customers of one kind behave; days and values are the upper and lower ends. */
  private enum Kind {
    Loyal(4_200, 14_000, 62, 100, 45, 0.30),
    Regular(200, 5_500, 25, 85, 200, 0.10),
    Lapsed(50, 7_000, 0, 40, 900, 0.02),
    New(0, 300, 30, 90, 30, 0.15);

    final int leastValue;
    final int mostValue;
    final int leastEngagement;
    final int mostEngagement;
    final int daysAway;
    final double browsing;

    Kind(
        int leastValue,
        int mostValue,
        int leastEngagement,
        int mostEngagement,
        int daysAway,
        double browsing) {
      this.leastValue = leastValue;
      this.mostValue = mostValue;
      this.leastEngagement = leastEngagement;
      this.mostEngagement = mostEngagement;
      this.daysAway = daysAway;
      this.browsing = browsing;
    }

    static Kind draw(SeededRandom draw) {
      int at = draw.between(0, 100);
      return at < 12 ? Loyal : at < 55 ? Regular : at < 84 ? Lapsed : New;
    }
  }

  private static final List<String> MAIL_DOMAINS =
      List.of("example.com", "mail.example", "post.example", "inbox.test");
  private static final List<String> INTERESTS =
      List.of("hiking", "running", "climbing", "camping", "cycling", "travel");

  /** The customer with this number: always the same one for the same seed and moment. */
  public static Customer of(long seed, int number, Instant now) {
    SeededRandom draw = new SeededRandom(seed, "customer", number);
    Kind kind = Kind.draw(draw);
    String first = draw.one(Names.FIRST);
    String last = draw.one(Names.LAST);
    Place place = Place.draw(draw);
    int cents = draw.between(kind.leastValue * 100, kind.mostValue * 100);
    int engagement = draw.between(kind.leastEngagement, kind.mostEngagement + 1);
    Instant seen =
        now.minus(Duration.ofMinutes(draw.between(24 * 60, kind.daysAway * 24 * 60 + 1440)));
    boolean browsing = draw.chance(kind.browsing);
    Instant browsed = browsing ? now.minus(Duration.ofMinutes(draw.between(10, 20 * 60))) : null;
    int answer = draw.between(0, 100);
    Newsletter newsletter =
        answer < 72
            ? Newsletter.Yes
            : answer < 84 ? Newsletter.No : answer < 88 ? Newsletter.Pending : Newsletter.NotAsked;
    return new Customer(
        number,
        first,
        last,
        Names.mailbox(first) + "." + Names.mailbox(last) + number + "@" + draw.one(MAIL_DOMAINS),
        place,
        cents,
        engagement,
        browsing ? browsed : seen,
        browsed,
        newsletter,
        now.minus(Duration.ofHours(draw.between(24, 24 * 900))),
        interests(draw));
  }

  String id() {
    return id(number);
  }

  /** {@code C-0000017} */
  static String id(int number) {
    String digits = Integer.toString(number);
    return "C-" + "0".repeat(7 - digits.length()) + digits;
  }

  private static List<String> interests(SeededRandom draw) {
    int from = draw.between(0, INTERESTS.size());
    return INTERESTS.subList(from, Math.min(INTERESTS.size(), from + draw.between(0, 4)));
  }
}

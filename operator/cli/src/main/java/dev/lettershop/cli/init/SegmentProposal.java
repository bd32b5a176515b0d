package dev.lettershop.cli.init;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A segment that fits what is known of people.
 *
 * @param name as resources are called
 * @param expression CEL
 * @param about what its members have in common, in a few words
 * @param greeting what the mail says to them in place of the usual
 */
record SegmentProposal(String name, String expression, String about, String greeting) {
  private static final String AGO = "now - duration(\"%s\")";

  private static final SegmentProposal NEWCOMERS =
      new SegmentProposal(
          "newcomers",
          "profile.created_at > " + AGO.formatted("720h"),
          "known for less than 30 days",
          "Good to have you with us.");

  /** Everybody with an address. */
  static final SegmentProposal EVERYBODY =
      new SegmentProposal("everybody", "has(profile.email)", "who can be written to", null);

  private record Fit(
      Pattern name,
      List<String> types,
      String segment,
      String expression,
      String about,
      String greeting) {
    Optional<SegmentProposal> of(Map<String, String> attributes) {
      return attributes.entrySet().stream()
          .filter(one -> types.contains(one.getValue()) && name.matcher(one.getKey()).find())
          .findFirst()
          .map(
              one ->
                  new SegmentProposal(
                      segment.formatted(one.getKey().replace('_', '-')),
                      expression.formatted(one.getKey()),
                      about.formatted(one.getKey()),
                      greeting));
    }
  }

  /** The likeliest first. */
  private static final List<Fit> FITS =
      List.of(
          new Fit(
              Pattern.compile("spent|revenue|lifetime|ltv|umsatz|orders|purchases|bestellungen"),
              List.of("Double", "Integer"),
              "buyers",
              "profile.%s > 0",
              "who have bought something, by %s",
              "Thank you for shopping with us."),
          new Fit(
              Pattern.compile("last_|active|seen|letzt"),
              List.of("Timestamp"),
              "active",
              "profile.%s > " + AGO.formatted("2160h"),
              "active in the last 90 days, by %s",
              "Good to see you again."),
          new Fit(
              Pattern.compile("created|signed|signup|subscribed|joined|added|registered|since"),
              List.of("Timestamp"),
              "newcomers",
              "profile.%s > " + AGO.formatted("720h"),
              "of the last 30 days, by %s",
              "Good to have you with us."),
          new Fit(
              Pattern.compile("."),
              List.of("Boolean"),
              "%s",
              "profile.%s",
              "of whom %s is true",
              "This one is for you."),
          new Fit(
              Pattern.compile("."),
              List.of("StringList"),
              "with-%s",
              "size(profile.%s) > 0",
              "of whom %s are known",
              "This one is for you."),
          new Fit(
              Pattern.compile("city|country|stadt|land$|region"),
              List.of("String"),
              "with-%s",
              "has(profile.%s)",
              "of whom the %s is known",
              "This one is for you."));

  /** Everybody, and those who are told apart best by what is known. */
  static List<SegmentProposal> of(Attributes known) {
    SegmentProposal second =
        Stream.concat(
                ofEvents(known.eventNames()).stream(),
                FITS.stream().flatMap(fit -> fit.of(known.types()).stream()))
            .findFirst()
            .orElse(NEWCOMERS);
    return List.of(EVERYBODY, second);
  }

  private static Optional<SegmentProposal> ofEvents(List<String> names) {
    return names.stream()
        .filter(name -> name.matches(".*(order|purchase|checkout|bestell).*"))
        .filter(name -> !name.matches(".*(cancel|refund|storn).*"))
        .findFirst()
        .or(() -> names.stream().findFirst())
        .map(
            name ->
                new SegmentProposal(
                    "active",
                    "events(\"" + name + "\", duration(\"2160h\")).size() > 0",
                    "with the event " + name + " in the last 90 days",
                    "Good to see you again."));
  }
}

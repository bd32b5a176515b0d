package dev.lettershop.playground.sample;

import java.util.List;

/**
 * Where a customer lives, in the spellings that people and systems use.
 *
 * @param city first the usual spelling, then the others
 * @param country likewise
 * @param locale of most people there
 */
record Place(int weight, List<String> city, List<String> country, String timeZone, String locale) {

  private static final List<String> USA = List.of("US", "USA", "United States");

  static final List<Place> ALL =
      List.of(
          us(22, "America/New_York", "New York", "NYC", "new york"),
          us(7, "America/New_York", "Boston", "BOSTON"),
          us(8, "America/Chicago", "Chicago", "chicago"),
          us(6, "America/Chicago", "Austin"),
          us(5, "America/Denver", "Denver"),
          us(8, "America/Los_Angeles", "San Francisco", "SF"),
          us(6, "America/Los_Angeles", "Seattle"),
          new Place(4, List.of("Toronto"), List.of("CA", "Canada"), "America/Toronto", "en-CA"),
          new Place(
              9,
              List.of("London"),
              List.of("GB", "UK", "United Kingdom"),
              "Europe/London",
              "en-GB"),
          new Place(
              8, List.of("Berlin"), List.of("DE", "Germany", "Deutschland"), "Europe/Berlin", "de"),
          new Place(
              4, List.of("München", "Munich"), List.of("DE", "Germany"), "Europe/Berlin", "de"),
          new Place(5, List.of("Paris"), List.of("FR", "France"), "Europe/Paris", "fr"),
          new Place(4, List.of("Amsterdam"), List.of("NL", "Nederland"), "Europe/Amsterdam", "nl"),
          new Place(4, List.of("Madrid"), List.of("ES", "España"), "Europe/Madrid", "es"));

  private static final int TOTAL = ALL.stream().mapToInt(Place::weight).sum();

  static Place draw(SeededRandom draw) {
    int at = draw.between(0, TOTAL);
    for (Place place : ALL) {
      at -= place.weight;
      if (at < 0) {
        return place;
      }
    }
    throw new IllegalStateException("the weights of the places do not add up to " + TOTAL);
  }

  private static Place us(int weight, String timeZone, String... city) {
    return new Place(weight, List.of(city), USA, timeZone, "en-US");
  }
}

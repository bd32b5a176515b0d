package dev.lettershop.playground.sample;

import java.util.List;

/**
 * Something that the shop sells.
 *
 * @param cents its price
 */
record Product(String id, String category, int cents) {
  static final List<Product> ALL =
      List.of(
          new Product("P-1001", "jackets", 18_900),
          new Product("P-1002", "jackets", 24_950),
          new Product("P-1003", "fleece", 7_995),
          new Product("P-1004", "boots", 15_900),
          new Product("P-1005", "boots", 11_990),
          new Product("P-1006", "socks", 1_450),
          new Product("P-1007", "tents", 39_900),
          new Product("P-1008", "tents", 27_900),
          new Product("P-1009", "backpacks", 12_900),
          new Product("P-1010", "backpacks", 8_990),
          new Product("P-1011", "bottles", 2_495),
          new Product("P-1012", "stoves", 6_400),
          new Product("P-1013", "lamps", 3_990),
          new Product("P-1014", "running", 13_495),
          new Product("P-1015", "running", 5_495),
          new Product("P-1016", "climbing", 21_900));
}

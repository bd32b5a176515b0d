package dev.lettershop.playground.sample;

import java.util.List;

/** Something that the shop sells. */
record Product(String id, String category, double price) {
  static final List<Product> ALL =
      List.of(
          new Product("P-1001", "jackets", 189.00),
          new Product("P-1002", "jackets", 249.50),
          new Product("P-1003", "fleece", 79.95),
          new Product("P-1004", "boots", 159.00),
          new Product("P-1005", "boots", 119.90),
          new Product("P-1006", "socks", 14.50),
          new Product("P-1007", "tents", 399.00),
          new Product("P-1008", "tents", 279.00),
          new Product("P-1009", "backpacks", 129.00),
          new Product("P-1010", "backpacks", 89.90),
          new Product("P-1011", "bottles", 24.95),
          new Product("P-1012", "stoves", 64.00),
          new Product("P-1013", "lamps", 39.90),
          new Product("P-1014", "running", 134.95),
          new Product("P-1015", "running", 54.95),
          new Product("P-1016", "climbing", 219.00));
}

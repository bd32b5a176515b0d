package dev.lettershop.store.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.profile.Product;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProductShelfTest {
  private static final Product.Display NOTHING =
      new Product.Display(null, null, null, null, null, null);

  private final Map<String, Product> catalogue = new HashMap<>();

  private void add(String id, String category) {
    catalogue.put(id, new Product(id, category, NOTHING));
  }

  private List<String> choose(
      int atMost, Integer perCategory, List<List<String>> chain, String... bought) {
    return new ProductShelf(catalogue, atMost, perCategory)
        .choose(chain, Set.of(bought)).stream().map(Product::id).toList();
  }

  @Test
  void whatIsGoneOrBoughtGivesItsPlaceToWhatComesNext() {
    List.of("tent", "stove", "mat", "lamp").forEach(id -> add(id, null));

    assertThat(
            choose(
                3,
                null,
                List.of(List.of("tent", "gone", "stove"), List.of("tent", "mat"), List.of("lamp")),
                "stove"))
        .containsExactly("tent", "mat", "lamp");
  }

  @Test
  void noMoreAreShownThanWanted() {
    List.of("tent", "stove", "mat").forEach(id -> add(id, null));

    assertThat(choose(2, null, List.of(List.of("tent", "stove", "mat"))))
        .containsExactly("tent", "stove");
  }

  @Test
  void notAllAreOfOneCategoryAndWhatHasNoneDoesNotCount() {
    add("tent", "camping");
    add("stove", "camping");
    add("mat", "camping");
    add("book", null);
    add("map", null);
    add("boots", "shoes");

    assertThat(
            choose(
                5,
                2,
                List.of(List.of("tent", "stove", "mat", "book", "map"), List.of("mat", "boots"))))
        .containsExactly("tent", "stove", "book", "map", "boots");
  }

  @Test
  void nothingIsShownWhereThereIsNothing() {
    assertThat(choose(3, 1, List.of(List.of("gone"), List.of(), List.of()))).isEmpty();
  }
}

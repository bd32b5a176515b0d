package dev.lettershop.store.view;

import dev.lettershop.profile.Product;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses what one person is shown: what was found for this person first, then what is popular,
 * then what is listed; of these only what the catalogue has, and not too much of one category.
 */
record ProductShelf(Map<String, Product> catalogue, int atMost, Integer maxPerCategory) {

  /**
   * @param chain ids, from the best list to the last resort
   * @param bought ids that are left out
   */
  List<Product> choose(List<List<String>> chain, Set<String> bought) {
    Map<String, Product> chosen = new LinkedHashMap<>();
    Map<String, Integer> perCategory = new HashMap<>();
    for (List<String> items : chain) {
      for (String item : items) {
        Product product = catalogue.get(item);
        if (chosen.size() == atMost) {
          return new ArrayList<>(chosen.values());
        }
        if (product != null
            && !bought.contains(item)
            && !chosen.containsKey(item)
            && hasRoom(product, perCategory)) {
          chosen.put(item, product);
        }
      }
    }
    return new ArrayList<>(chosen.values());
  }

  private boolean hasRoom(Product product, Map<String, Integer> perCategory) {
    return maxPerCategory == null
        || product.category() == null
        || perCategory.merge(product.category(), 1, Integer::sum) <= maxPerCategory;
  }
}

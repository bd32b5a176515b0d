package dev.lettershop.store.view;

import dev.lettershop.profile.Product;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;

/**
 * Reads what is recommended to people, with what the catalogue says at this moment: what is gone,
 * out of stock or bought meanwhile is left out, and what comes next takes its place.
 */
public final class RecommendedProducts {
  private static final String OWN =
      """
      select profile_id, items from recommendation
      where profile_id = any(?::bigint[]) and model = ?
      """;

  private static final String POPULAR = "select items from popular_item where model = ?";

  private static final String CATALOGUE =
      """
      select id, name, description, url, image_url, price, currency, category from product
      where source = ? and available and id = any(?::text[])
      """;

  private static final String BOUGHT =
      """
      select distinct e.profile_id, e.properties ->> ? from event e
      where e.profile_id = any(?::bigint[]) and e.name = ?
        and e.occurred_at >= now() - make_interval(secs => ?)
        and e.properties ->> ? = any(?::text[])
      """;

  private RecommendedProducts() {}

  /**
   * For each profile what to show, the best first.
   *
   * @param wanted null for none
   */
  public static Map<Long, List<Product>> read(
      DSLContext db, Collection<Long> profiles, RecommendationView wanted) {
    if (profiles.isEmpty() || wanted == null) {
      return Map.of();
    }
    Long[] people = profiles.toArray(Long[]::new);
    Map<Long, List<String>> own = new HashMap<>();
    db.fetch(OWN, people, wanted.model())
        .forEach(row -> own.put(row.get(0, Long.class), items(row.get(1, String[].class))));
    List<String> popular =
        db.fetchOptional(POPULAR, wanted.model())
            .map(row -> items(row.get(0, String[].class)))
            .orElse(List.of());
    Set<String> candidates = new HashSet<>(popular);
    candidates.addAll(wanted.listed());
    own.values().forEach(candidates::addAll);
    Map<String, Product> catalogue = new HashMap<>();
    db.fetch(CATALOGUE, wanted.source(), candidates.toArray(String[]::new))
        .forEach(row -> catalogue.put(row.get(0, String.class), product(row)));
    Map<Long, Set<String>> bought = bought(db, people, catalogue.keySet(), wanted);
    ProductShelf shelf = new ProductShelf(catalogue, wanted.atMost(), wanted.maxPerCategory());
    Map<Long, List<Product>> chosen = new HashMap<>();
    for (Long person : people) {
      chosen.put(
          person,
          shelf.choose(
              List.of(own.getOrDefault(person, List.of()), popular, wanted.listed()),
              bought.getOrDefault(person, Set.of())));
    }
    return chosen;
  }

  private static Map<Long, Set<String>> bought(
      DSLContext db, Long[] people, Set<String> candidates, RecommendationView wanted) {
    Map<Long, Set<String>> bought = new HashMap<>();
    if (wanted.bought().within() != null && !candidates.isEmpty()) {
      db.fetch(
              BOUGHT,
              wanted.bought().item(),
              people,
              wanted.bought().event(),
              wanted.bought().within().toSeconds(),
              wanted.bought().item(),
              candidates.toArray(String[]::new))
          .forEach(
              row ->
                  bought
                      .computeIfAbsent(row.get(0, Long.class), id -> new HashSet<>())
                      .add(row.get(1, String.class)));
    }
    return bought;
  }

  private static List<String> items(String[] items) {
    return Arrays.asList(items);
  }

  private static Product product(Record row) {
    return new Product(
        row.get(0, String.class),
        row.get(7, String.class),
        new Product.Display(
            row.get(1, String.class),
            row.get(2, String.class),
            row.get(3, String.class),
            row.get(4, String.class),
            row.get(5, Double.class),
            row.get(6, String.class)));
  }
}

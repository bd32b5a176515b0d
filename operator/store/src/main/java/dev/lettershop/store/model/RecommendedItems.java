package dev.lettershop.store.model;

import dev.lettershop.profile.Product;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.view.RecommendationView;
import dev.lettershop.store.view.RecommendedProducts;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/**
 * What is recommended to people: written all at once and only where it differs, read with what the
 * catalogue says now. Thread-safe.
 */
public final class RecommendedItems {
  /** Takes what is recommended to a person. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param items ids of products, the best first, at least one
     */
    void put(long profile, List<String> items);
  }

  private final Database database;

  public RecommendedItems(Database database) {
    this.database = database;
  }

  /** What would be shown to a person now, the best first. */
  public List<Product> of(long profile, RecommendationView wanted) {
    return database.once(
        "read recommendations",
        db ->
            RecommendedProducts.read(db, List.of(profile), wanted)
                .getOrDefault(profile, List.of()));
  }

  /**
   * Replaces what a model recommends by what {@code recommending} puts, or leaves all as it was
   * when it throws.
   *
   * @param popular ids of products that many people buy, the most popular first
   */
  public ModelScores.Written replace(
      ModelKey model, List<String> popular, Consumer<Sink> recommending) {
    return database.transact(
        "write recommendations",
        db -> {
          db.execute(
              """
              select pg_advisory_xact_lock(hashtextextended(?, 0)),
                set_config('work_mem', '128MB', true), set_config('jit', 'off', true),
                set_config('idle_in_transaction_session_timeout', '10min', true)
              """,
              "lettershop/scores/" + model.text());
          db.execute(
              """
              create temporary table recommended (profile_id bigint not null,
                items text[] collate "C") on commit drop
              """);
          CopyLines.copy(
              db,
              "copy recommended from stdin",
              lines ->
                  recommending.accept(
                      (profile, items) -> lines.number(profile).texts(items).end()));
          db.execute("analyze recommended");
          popular(db, model, popular);
          return merge(db, model);
        });
  }

  private static void popular(DSLContext db, ModelKey model, List<String> items) {
    db.execute(
        """
        insert into popular_item as p (model, items) values (?, ?::text[])
        on conflict (model) do update set items = excluded.items, computed_at = now()
        where p.items is distinct from excluded.items
        """,
        model.text(),
        items.toArray(String[]::new));
  }

  private static ModelScores.Written merge(DSLContext db, ModelKey model) {
    int gone =
        db.execute(
            """
            delete from recommendation r where r.model = ?
              and not exists (select 1 from recommended n where n.profile_id = r.profile_id)
            """,
            model.text());
    int other =
        db.execute(
            """
            update recommendation r set items = n.items, computed_at = now() from recommended n
            where r.model = ? and r.profile_id = n.profile_id and r.items is distinct from n.items
            """,
            model.text());
    int come =
        db.execute(
            """
            insert into recommendation (profile_id, model, items)
            select n.profile_id, ?, n.items from recommended n
            join profile p on p.id = n.profile_id
            where not exists (select 1 from recommendation r
              where r.model = ? and r.profile_id = n.profile_id)
            """,
            model.text(),
            model.text());
    long people =
        db.fetchSingle("select count(*) from recommendation where model = ?", model.text())
            .get(0, Long.class);
    return new ModelScores.Written(people, (long) gone + other + come);
  }
}

package dev.lettershop.store.load.product;

import dev.lettershop.profile.Product;
import dev.lettershop.store.database.Database;
import dev.lettershop.store.load.Continuation;
import dev.lettershop.store.load.LoadCounts;
import dev.lettershop.store.load.LoadSession;
import dev.lettershop.store.load.SessionLoad;
import org.jooq.Record;

/**
 * One sync of a catalogue. A reading from the start is the whole of it: what it does not have is
 * gone. One without any row changes nothing, as an export that failed looks like that.
 */
public final class ProductLoad extends SessionLoad<LoadedProduct> {
  private static final String COLUMNS =
      """
      id text collate "C", name text, description text, url text, image_url text,
      price double precision, currency text, category text collate "C", available boolean
      """;

  private static final String MERGE =
      """
      with merged as (
        insert into product as p (source, id, name, description, url, image_url, price, currency,
          category, available)
        select distinct on (id) ?, id, name, description, url, image_url, price, currency, category,
          available
        from load_stage order by id, seq desc
        on conflict (source, id) do update set name = excluded.name,
          description = excluded.description, url = excluded.url, image_url = excluded.image_url,
          price = excluded.price, currency = excluded.currency, category = excluded.category,
          available = excluded.available, changed_at = now()
        where (p.name, p.description, p.url, p.image_url, p.price, p.currency, p.category,
            p.available)
          is distinct from (excluded.name, excluded.description, excluded.url, excluded.image_url,
            excluded.price, excluded.currency, excluded.category, excluded.available)
        returning xmax = 0 as made)
      select count(*) filter (where made), count(*) filter (where not made) from merged
      """;

  private static final String GONE =
      """
      delete from product p where p.source = ?
        and not exists (select 1 from load_stage s where s.id = p.id)
      """;

  private final boolean whole;

  /**
   * @param source name of the source, by which its products are kept apart
   */
  public ProductLoad(Database database, String source, Continuation continuation) {
    super(new LoadSession(database, source, continuation, COLUMNS));
    this.whole = continuation == Continuation.FromStart;
  }

  @Override
  public void add(LoadedProduct loaded) {
    Product product = loaded.product();
    Product.Display display = product.display();
    session
        .row()
        .string("id", product.id())
        .string("name", display.name())
        .string("description", display.description())
        .string("url", display.url())
        .string("image_url", display.imageUrl())
        .value("price", display.price())
        .string("currency", display.currency())
        .string("category", product.category())
        .value("available", loaded.available());
    session.endRow(loaded.position());
  }

  @Override
  public LoadCounts commit() {
    session.startMerging();
    LoadCounts counts =
        session.guarded(
            () -> {
              if (whole && session.staged() > 0) {
                session.db().execute(GONE, session.source());
              }
              Record merged = session.db().fetchSingle(MERGE, session.source());
              return new LoadCounts(
                  session.read(),
                  merged.get(0, Long.class),
                  merged.get(1, Long.class),
                  0,
                  session.quarantined(),
                  0);
            });
    session.commit();
    return counts;
  }
}

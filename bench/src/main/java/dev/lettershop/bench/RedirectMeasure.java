package dev.lettershop.bench;

import dev.lettershop.delivery.message.HitLinks;
import dev.lettershop.delivery.message.LinkKeys;
import dev.lettershop.delivery.message.RecipientLinks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** How long people wait for a redirect whose record is committed before. */
final class RedirectMeasure {
  /** More than a mail to a million people brings in its first minutes. */
  private static final int PER_SECOND = 1_000;

  static final String KEY = "a-key-of-thirty-two-characters-ok";
  static final String BASE = "https://links.shop.example";

  private static final long RUN = 202611000000001L;
  private static final HitLinks LINKS = new RecipientLinks(BASE, LinkKeys.parse(KEY)).hits();

  private RedirectMeasure() {}

  static void measure(int port, Connection database, long seconds, List<Figure> figures)
      throws Exception {
    try (Statement statement = database.createStatement()) {
      statement.execute(
          """
          insert into lettershop.run (id, namespace, campaign, name, plan_hash, plan, dry_run,
            on_uncertain, max_attempts, state, frozen_at)
          values (202611000000001, 'bench', 'sale', 'run', 'h', '{}', false, 'Skip', 3, 'Frozen', now())
          """);
      statement.execute(
          """
          insert into lettershop.link values
            (202611000000001, 0, 'sale', array['https://shop.example/sale/', '?utm_source=mail'])
          """);
    }
    RedirectLoad load = new RedirectLoad(port);
    load.run(3, PER_SECOND, n -> path(-n - 1));
    long before = hits(database);
    RedirectLoad.Result result = load.run(seconds, PER_SECOND, RedirectMeasure::path);
    figures.add(Figure.of("redirects, p50", result.p50(), "ms"));
    figures.add(
        Figure.of("redirects, p99 at " + PER_SECOND + "/s", result.p99(), "ms")
            .against("limit", 20));
    figures.add(Figure.of("redirects, other answers", result.others(), "requests"));
    figures.add(
        Figure.of("redirects, recorded", hits(database) - before, "hits")
            .against("redirects", result.redirects()));
  }

  private static String path(long n) {
    return LINKS
        .click(RUN, Math.floorMod(n, 1L << 40), 0, List.of("item-" + n))
        .orElseThrow()
        .substring(BASE.length());
  }

  private static long hits(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from lettershop.hit")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}

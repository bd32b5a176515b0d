package dev.lettershop.playground.quickstart;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells what the links of the mails have brought since it was asked before; names nobody. */
final class LinkWatch {
  private static final String FIGURES =
      """
      select 'Clicks on ' || coalesce(array_to_string(l.address, '…'), 'a link'), count(*)
      from hit h left join link l on l.run_id = h.run_id and l.number = h.number
      where h.kind = 'Click' group by 1
      union all
      select 'Opens', count(*) from hit where kind = 'Open' having count(*) > 0
      union all
      select initcap(status) || ' on the pages: ' || topic, count(*) from consent
      where evidence ->> 'page' is not null group by 1
      order by 1
      """;

  private Map<String, Long> before = Map.of();

  /**
   * A line for each figure that has changed.
   *
   * @param connection to the store
   */
  List<String> news(Connection connection) throws SQLException {
    Map<String, Long> now = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(FIGURES)) {
      while (rows.next()) {
        now.put(rows.getString(1), rows.getLong(2));
      }
    }
    List<String> news = new ArrayList<>();
    now.forEach(
        (what, count) -> {
          if (!count.equals(before.get(what))) {
            news.add(what + ": " + count);
          }
        });
    before = now;
    return news;
  }
}

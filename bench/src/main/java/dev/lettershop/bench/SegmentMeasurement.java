package dev.lettershop.bench;

import dev.lettershop.profile.ProfileSchema;
import dev.lettershop.rule.Rule;
import dev.lettershop.store.rule.RuleSql;
import dev.lettershop.store.segment.Refreshed;
import dev.lettershop.store.segment.SegmentExplanation;
import dev.lettershop.store.segment.Segments.Scope;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Measures one segment of one shop. Times are medians. */
final class SegmentMeasurement {
  private static final int TIMES = 7;
  private static final String NAMESPACE = "bench";

  private final SegmentShop shop;
  private final Connection connection;
  private final HandwrittenSegment segment;
  private final Rule rule;
  private final ProfileSchema schema;

  SegmentMeasurement(SegmentShop shop, Connection connection, HandwrittenSegment segment) {
    this.shop = shop;
    this.connection = connection;
    this.segment = segment;
    this.rule = shop.rule(segment.name());
    this.schema = shop.schema(segment.name());
  }

  /**
   * What came of it, times in seconds.
   *
   * @param full the first refresh, which records all members
   * @param texts both queries, as Markdown
   */
  record Result(
      long members,
      double evaluated,
      double byHand,
      double full,
      double incremental,
      double fullAfterChanges,
      String texts) {}

  Result measure() throws SQLException {
    run("set search_path = lettershop");
    run("set jit = off");
    run("set work_mem = '128MB'");
    List<String> advised = followAdvice();
    OffsetDateTime moment = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    String now = moment.toString();
    String ours =
        DSL.using(SQLDialect.POSTGRES)
            .renderInlined(
                new RuleSql(schema)
                    .members(rule, DSL.val(moment, SQLDataType.TIMESTAMPWITHTIMEZONE(6))));
    double[] mine = new double[TIMES];
    double[][] theirs = new double[segment.queries().size()][TIMES];
    long members = 0;
    for (int i = 0; i < TIMES; i++) {
      // In turns, so that a disturbance meets both.
      long start = System.nanoTime();
      members = Long.parseLong(one(counted(ours)));
      mine[i] = seconds(start);
      for (int q = 0; q < theirs.length; q++) {
        String query = segment.queries().get(q).replace(":now", "timestamptz '" + now + "'");
        start = System.nanoTime();
        long found = Long.parseLong(one(counted(query)));
        theirs[q][i] = seconds(start);
        if (found != members) {
          throw new IllegalStateException(
              segment.name() + " has " + members + " members, by hand " + found);
        }
      }
    }
    int best = 0;
    for (int q = 1; q < theirs.length; q++) {
      best = median(theirs[q]) < median(theirs[best]) ? q : best;
    }
    double full = fullRefresh();
    double[] incremental = new double[TIMES];
    double[] all = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      shop.change(connection);
      incremental[i] = refresh(Scope.Changed);
      shop.change(connection);
      all[i] = refresh(Scope.All);
    }
    return new Result(
        members,
        median(mine),
        median(theirs[best]),
        full,
        median(incremental),
        median(all),
        texts(ours, segment.queries().get(best), advised));
  }

  /** Makes the indexes that {@code lettershop explain} advises; queries by hand use them too. */
  private List<String> followAdvice() throws SQLException {
    List<String> statements =
        shop.store().segments().explain(rule, schema).indexes().stream()
            .map(SegmentExplanation.IndexAdvice::statement)
            .toList();
    for (String statement : statements) {
      run(statement);
    }
    // As autovacuum would have done meanwhile.
    run("vacuum analyze");
    return statements;
  }

  /** The median of first refreshes, each of which records everybody. */
  private double fullRefresh() throws SQLException {
    double[] times = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      run("delete from membership");
      run("delete from segment");
      run("vacuum membership");
      times[i] = refresh(Scope.Changed);
    }
    return median(times);
  }

  private double refresh(Scope scope) {
    long start = System.nanoTime();
    Refreshed refreshed =
        shop.store().segments().refresh(NAMESPACE, segment.name(), rule, schema, scope);
    double seconds = seconds(start);
    boolean first = "it is the first refresh".equals(refreshed.allBecause());
    if (!first && refreshed.isIncremental() != (scope == Scope.Changed)) {
      throw new IllegalStateException(
          segment.name() + " was not refreshed as asked: " + refreshed.allBecause());
    }
    return seconds;
  }

  private static String counted(String query) {
    return "select count(*) from (" + query + ") as m";
  }

  private String texts(String ours, String best, List<String> indexes) {
    return "## "
        + segment.name()
        + "\n\nBy hand:\n\n```sql\n"
        + best
        + "\n```\n\nFrom the rule:\n\n```sql\n"
        + ours
        + "\n```\n\nIndexes made as advised: "
        + (indexes.isEmpty() ? "none" : String.join("; ", indexes))
        + "\n\n";
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void run(String statement) throws SQLException {
    try (Statement runner = connection.createStatement()) {
      runner.execute(statement);
    }
  }

  private String one(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
